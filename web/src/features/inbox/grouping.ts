/** Tasks as the rows of the panel: each group begins with its heading. */
import type { InboxTask } from "@/lib/api";
import type { Grouping } from "@/lib/panelView";
import { type DueGroup, groupOf } from "@/lib/time/due";
import { dayOf } from "@/lib/time/zones";

export type DueName = DueGroup | "future";
/** What a heading says: a time, a day (any point in it), a process, or a role. */
export type Heading =
  | { kind: "due"; due: DueName }
  | { kind: "day"; at: string }
  | { kind: "process"; name: string }
  | { kind: "role"; name: string };
export type Row =
  { kind: "heading"; key: string; heading: Heading } | { kind: "task"; task: InboxTask; due: DueName };

interface Found {
  key: string;
  heading: Heading;
  rows: Row[];
}

/** The time that counts: a step that has begun between the last look at the clock and the reading of the list has begun. */
export function timeOf(tasks: readonly InboxTask[], now: Date, readAt: number): number {
  const seen = now.getTime();
  const hasBegun = ({ start_at: at }: InboxTask): boolean =>
    at !== null && at !== undefined && Date.parse(at) > seen && Date.parse(at) <= readAt;
  return readAt > seen && tasks.some(hasBegun) ? readAt : seen;
}

/** The order of the server stays; each group stands once, what starts later at the end of the days. */
export function rowsOf(tasks: readonly InboxTask[], by: Grouping, now: Date, zone: string): Row[] {
  if (by === "none") return tasks.map((task) => ({ kind: "task", task, due: dueOf(task, now, zone) }));
  const groups = new Map<string, Found>();
  for (const task of tasks) {
    const due = dueOf(task, now, zone);
    const key = keyOf(task, by, due, zone);
    let found = groups.get(key);
    if (!found) groups.set(key, (found = { key, heading: headingOf(task, by, due), rows: [] }));
    found.rows.push({ kind: "task", task, due });
  }
  const future = groups.get("future");
  const others = [...groups.values()].filter((group) => group !== future);
  return [...others, ...(future ? [future] : [])].flatMap(({ key, heading, rows }): Row[] => [
    { kind: "heading", key, heading },
    ...rows,
  ]);
}

function keyOf(task: InboxTask, by: Grouping, due: DueName, zone: string): string {
  if (by !== "due") return `[${task.group ?? ""}]`;
  return isDay(due) ? `day ${dayOf(new Date(task.due_at ?? 0), zone)}` : due;
}

function headingOf(task: InboxTask, by: Grouping, due: DueName): Heading {
  if (by === "process") return { kind: "process", name: task.process_name || task.process_id };
  if (by === "role") return { kind: "role", name: task.group ?? "" };
  return isDay(due) ? { kind: "day", at: task.due_at ?? "" } : { kind: "due", due };
}

const isDay = (due: DueName): boolean => due === "week" || due === "later";

function dueOf(task: InboxTask, now: Date, zone: string): DueName {
  if (task.start_at && new Date(task.start_at) > now) return "future";
  return groupOf(task.due_at, now, zone);
}
