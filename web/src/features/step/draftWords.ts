/** Where what was typed is kept by now, in words. */
import { Refused } from "@/lib/api";
import { says } from "@/lib/says";
import type { Texts } from "@/lib/texts";
import type { DraftState } from "./useStep";

const LATER: readonly number[] = [401, 408, 425, 429];

export function draftWords(draft: DraftState, texts: Texts, time: (at: Date) => string): string {
  switch (draft.kind) {
    case "none":
      return "";
    case "kept":
      return texts.step.draftKept(time(draft.at));
    case "over":
      return texts.stepMore.notKept;
    case "here":
      return whyHere(draft.error, texts);
  }
}

/** Sent again by itself, or only when something else is typed. */
function whyHere(error: unknown, texts: Texts): string {
  const { stepMore } = texts;
  if (!(error instanceof Refused) || error.status === 0) return stepMore.keptHere;
  const isLater = error.status >= 500 || LATER.includes(error.status);
  return isLater ? stepMore.keptForLater : stepMore.keptOnlyHere(says(error, texts));
}
