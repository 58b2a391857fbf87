import { expect, test } from "vitest";
import type { InboxTask } from "@/lib/api";
import { asksTheSame, chosen, turn } from "./choosing";

const task = (id: string, element: string, more: Partial<InboxTask> = {}): InboxTask =>
  ({ id, process_id: "order", element, kind: "question", activity: "", ...more }) as InboxTask;

test("a task is chosen, and with another click not any more", () => {
  turn(task("1", "a"));
  turn(task("2", "a"));
  turn(task("1", "a"));
  expect([...(chosen.get()?.keys() ?? [])]).toEqual(["2"]);
});

test("tasks of one step can be answered together, others and none can not", () => {
  expect(asksTheSame([task("1", "a"), task("2", "a")])).toBe(true);
  expect(asksTheSame([task("1", "a"), task("2", "b")])).toBe(false);
  expect(asksTheSame([])).toBe(false);
});

test("a task that shows a record, an activity or an e-mail of its own is answered alone", () => {
  for (const more of [
    { kind: "recordPage" },
    { kind: "emailDraft" },
    { kind: "activityStep", activity: "activity/1" },
    { activity: "activity/1" },
  ])
    expect(asksTheSame([task("1", "a"), task("2", "a", more)])).toBe(false);
  for (const kind of ["plain", "approval", "autoPage", "page"])
    expect(asksTheSame([task("1", "a", { kind }), task("2", "a", { kind })])).toBe(true);
});

test("no more tasks are answered together than the server takes at once", () => {
  expect(asksTheSame(Array.from({ length: 201 }, (_, index) => task(String(index), "a")))).toBe(false);
});
