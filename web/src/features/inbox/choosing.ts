/** Tasks that are chosen, to do something with all of them. */
import type { InboxTask } from "@/lib/api";
import { storeOf, useStore } from "@/lib/store";

/** null: nobody is choosing. */
export const chosen = storeOf<ReadonlyMap<string, InboxTask> | null>(null);

export function turn(task: InboxTask): void {
  const now = new Map(chosen.get() ?? []);
  if (!now.delete(task.id)) now.set(task.id, task);
  chosen.set(now);
}

export const useChosen = (): ReadonlyMap<string, InboxTask> | null => useStore(chosen);

/** What they show belongs to one step alone: a record, an activity, an e-mail. */
const OWN: readonly string[] = ["recordPage", "activityStep", "emailDraft"];
const MOST = 200; // that the server takes at once: it holds all of them against the first one

/** Whether all of them ask the same and write nothing but the answer, so that one can do for all. */
export function asksTheSame(tasks: readonly InboxTask[]): boolean {
  const [first, ...others] = tasks;
  return (
    first !== undefined &&
    tasks.length <= MOST &&
    tasks.every((task) => !OWN.includes(task.kind) && !task.activity) &&
    others.every((task) => task.process_id === first.process_id && task.element === first.element)
  );
}
