/** The steps of one approval: one for each approver. */
import type { Step } from "@/lib/api";

export type Decision = "approved" | "rejected" | "undecided" | "withdrawn";

const TOGETHER = 60_000; // milliseconds: they are made by one command, also when there are many

/** Those that were made together with this one; an earlier round of the same element is over. */
export function roundOf(steps: readonly Step[], page: { element: string; created_at: string }): Step[] {
  const made = Date.parse(page.created_at);
  return steps.filter(
    (step) => step.element === page.element && Math.abs(Date.parse(step.created_at) - made) < TOGETHER,
  );
}

export function decisionOf(step: Pick<Step, "state" | "outcome">): Decision {
  if (step.state === "open") return "undecided";
  if (step.state === "cancelled") return "withdrawn";
  return step.outcome === "rejected" ? "rejected" : "approved";
}
