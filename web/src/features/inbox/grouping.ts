/** Tasks as the rows of the panel: each group begins with its heading. */
import type { InboxTask } from "@/lib/api";
import { type DueGroup, groupOf } from "@/lib/time/due";

export type GroupName = DueGroup | "future";
export type Row = { kind: "heading"; group: GroupName } | { kind: "task"; task: InboxTask; group: GroupName };

/** The order of the server stays; a heading stands wherever the group changes, and never twice. */
export function rowsOf(tasks: readonly InboxTask[], now: Date, zone: string): Row[] {
  const groups = new Map<GroupName, InboxTask[]>();
  for (const task of tasks) {
    const group = groupOfTask(task, now, zone);
    const found = groups.get(group);
    if (found) found.push(task);
    else groups.set(group, [task]);
  }
  return ORDER.filter((group) => groups.has(group)).flatMap((group): Row[] => [
    { kind: "heading", group },
    ...(groups.get(group) ?? []).map((task): Row => ({ kind: "task", task, group })),
  ]);
}

const ORDER: readonly GroupName[] = ["overdue", "today", "tomorrow", "week", "later", "none", "future"];

function groupOfTask(task: InboxTask, now: Date, zone: string): GroupName {
  if (task.start_at && new Date(task.start_at) > now) return "future";
  return groupOf(task.due_at, now, zone);
}
