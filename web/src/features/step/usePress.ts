/** Pressing a button of a step's page: what is right goes to the server, what is wrong is shown. */
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import type { Filling, Values } from "@/components/form/filling";
import { type ButtonShown, type Progress, Refused, type StepPage } from "@/lib/api";
import { done } from "@/lib/doings";
import { drop } from "@/lib/inbox";
import { type Ran, useOpening } from "@/lib/opening";
import { placeOf } from "@/lib/records";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { touchAll } from "@/lib/touch";
import { chosenIn, type Clash, clashOf } from "./clash";
import { lacksResult } from "./isQuestion";
import type { Over } from "./over";
import { type Sent, useSending } from "./sending";
import { type DraftKeeper, readPage } from "./useStep";

export interface Press {
  press: (button: ButtonShown) => Promise<void>;
  /** What Enter presses: the first button that completes the step. */
  byEnter: () => void;
  isBusy: boolean;
  isSent: () => boolean;
  wrong: readonly string[];
  /** What the saved record does not meet yet; null: nothing was saved here. */
  conditions: readonly string[] | null;
  /** Somebody saved the record of the page before. */
  conflict: Clash | null;
  /** Save over theirs; of these fields theirs stay. */
  settle: (theirs: readonly string[]) => void;
  closeConflict: () => void;
}

/** What a page is filled in with, and what is kept of it. */
interface Page {
  filling: RefObject<Filling | null>;
  draft: DraftKeeper;
  over: Over;
}

export function usePress(page: StepPage, { filling, draft, over }: Page): Press {
  const texts = useTexts();
  const client = useQueryClient();
  const { advance } = useOpening();
  const [isBusy, setIsBusy] = useState(false);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [conditions, setConditions] = useState<readonly string[] | null>(null);
  const [conflict, setConflict] = useState<Clash | null>(null);
  const sent = useRef(false);
  const isLeft = useRef(false);
  const sending = useSending(page);
  const { type } = placeOf(page.record ?? "");

  /** The person does not wait: the step counts as done, and what goes wrong behind is told. */
  const goOn = (): void => {
    isLeft.current = true;
    draft.drop();
    drop(client, page.id);
    advance(page.id);
  };
  /** The step stays: what is shown is what was saved, and what is typed now is typed over that. */
  const goOnFrom = async (typed: Values): Promise<void> => {
    const newer = await readPage(client, ["step", page.id]).catch(() => null);
    if (newer) draft.startOver(over.follow(newer, typed), newer);
  };
  const succeed = async ({ progress }: Ran, { button, typed }: Sent): Promise<void> => {
    if (isLeft.current) {
      void touchAll(client);
      return;
    }
    const open = progress.open_conditions ?? [];
    if (open.length > 0 || !button.completes) {
      sent.current = false;
      setConditions(open);
      tell(open.length > 0 ? texts.step.savedOpen(open.length) : texts.stepMore.saved);
      await goOnFrom(typed);
      return;
    }
    if (page.kind === "question") done("answered");
    draft.drop();
    drop(client, page.id);
    tellOf(progress, page, typed, texts.step);
    advance(page.id);
    void touchAll(client);
  };
  const fail = (error: unknown, given: Sent): void => {
    sent.current = false;
    if (!(error instanceof Refused)) throw error;
    if (isLeft.current) {
      tell(says(error, texts), { isError: true });
      void touchAll(client);
      return;
    }
    const found = clashOf(error, given, type);
    setConflict(found);
    if (!found) setWrong(unplaced(error, filling.current) ?? [says(error, texts)]);
  };

  const press = async (button: ButtonShown): Promise<void> => {
    if (isBusy) return;
    const values = button.validates ? filling.current?.collect() : filling.current?.values();
    setWrong([]);
    if (values) await give(sending.asSent({ button, values, typed: values, over: over.now() }));
  };
  const give = async (given: Sent): Promise<void> => {
    setIsBusy(true);
    sent.current = true;
    try {
      await succeed(await sending.send(given, goOn), given);
    } catch (error) {
      fail(error, given);
    } finally {
      setIsBusy(false);
    }
  };
  const settle = async (theirs: readonly string[]): Promise<void> => {
    if (!conflict) return;
    setIsBusy(true);
    const newer = await readPage(client, ["step", page.id]).catch((error: unknown) => says(error, texts));
    setConflict(null);
    if (typeof newer !== "string") return give(chosenIn(conflict, type, over.held(newer.values), theirs));
    setWrong([newer]);
    setIsBusy(false);
  };
  const byEnter = (): void => {
    const first = page.buttons.find((button) => button.completes);
    if (first) void press(first);
  };
  return {
    press,
    byEnter,
    isBusy,
    isSent: () => sent.current,
    wrong,
    conditions,
    conflict,
    settle: (theirs) => void settle(theirs),
    closeConflict: () => setConflict(null),
  };
}

/** Shown beside the fields, but for these; null: there is nothing to show there. */
function unplaced({ problems }: Refused, filling: Filling | null): readonly string[] | null {
  const left = filling?.mark(problems) ?? problems;
  return problems.length === 0 ? null : left.map((one) => one.message);
}

type Words = ReturnType<typeof useTexts>["step"];

/** Tell what became of the step, where the next one does not say it by opening. */
function tellOf(progress: Progress, page: StepPage, mine: Values, texts: Words): void {
  if (lacksResult(page, mine)) tell(texts.resultMissing(page.title));
  else if ((progress.next ?? []).length === 0) tell(toldOf(progress, page.title, texts));
}

function toldOf(progress: Progress, title: string, texts: Words): string {
  if (progress.state === "ended") return texts.ended(title);
  return progress.state === "running" ? texts.goesOn(title) : texts.completed(title);
}
