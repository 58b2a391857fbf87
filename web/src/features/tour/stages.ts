/** Where somebody is in the tour: what they have done, what the screen shows now, and what they do next. */
import type { Doing } from "@/lib/doings";
import { LEADS_THROUGH } from "@/lib/tour";

export interface Seen {
  /** What Run process shows; `other` is the start of a process that the tour does not lead through. */
  dialog: "list" | "start" | "other" | null;
  /** The kind of the step that is open. */
  step: string | null;
  isPostponing: boolean;
  hasTask: boolean;
}

export type Stage =
  "run" | "choose" | "begin" | "other" | "fill" | "question" | "open" | "later" | "reschedule" | "end";

export const GOALS: readonly Doing[] = ["started", "answered", "postponed"];

export function stageOf(done: ReadonlySet<Doing>, seen: Seen): Stage {
  const goal = GOALS.find((one) => !done.has(one));
  if (goal === undefined) return "end";
  if (seen.dialog) return ({ list: "choose", start: "begin", other: "other" } as const)[seen.dialog];
  if (goal === "started") return "run";
  if (seen.step === null) return seen.hasTask ? "open" : "run";
  if (goal === "answered") return seen.step === "question" ? "question" : "fill";
  return seen.isPostponing ? "reschedule" : "later";
}

/** The control that a stage points at, the first that is there. */
export const TARGETS: Record<Stage, readonly string[]> = {
  run: ['[data-tour="run"]'],
  choose: [`[data-tour="process-${LEADS_THROUGH}"]`, '[data-tour^="process-"]'],
  begin: ['[data-tour="start"]'],
  other: [],
  fill: ['[data-tour="press"]'],
  question: ['[data-tour="press"]'],
  open: ["[data-title]", 'a[href="/tasks"]'],
  later: ['[data-tour="later"]'],
  reschedule: ['[data-tour="reschedule"]'],
  end: [],
};

export function seenOn(page: ParentNode): Seen {
  const has = (selector: string): boolean => page.querySelector(selector) !== null;
  return {
    dialog: dialogOn(page),
    step: page.querySelector<HTMLElement>('[data-tour="step"]')?.dataset["kind"] ?? null,
    isPostponing: has('[data-tour="reschedule"]'),
    hasTask: has("[data-title]") || has('a[href="/tasks"] [title]'),
  };
}

function dialogOn(page: ParentNode): Seen["dialog"] {
  const start = page.querySelector<HTMLElement>('[data-tour="start"]');
  if (start) return start.dataset["process"] === LEADS_THROUGH ? "start" : "other";
  return page.querySelector('[data-tour^="process-"]') ? "list" : null;
}

/** The control that is pointed at, if it is on the screen. */
export function targetOf(stage: Stage, page: ParentNode): HTMLElement | null {
  for (const selector of TARGETS[stage])
    for (const found of page.querySelectorAll<HTMLElement>(selector))
      if (found.getClientRects().length > 0) return found;
  return null;
}
