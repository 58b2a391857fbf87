import { describe, expect, test } from "vitest";
import type { InboxTask } from "@/lib/api";
import type { Grouping } from "@/lib/panelView";
import { type Heading, rowsOf, timeOf } from "./grouping";

const now = new Date("2026-11-25T10:00:00Z");

function task(id: string, times: Partial<InboxTask>): InboxTask {
  return { id, title: id, ...times } as InboxTask;
}

const shown = (tasks: InboxTask[], by: Grouping = "due"): string[] =>
  rowsOf(tasks, by, now, "UTC").map((row) =>
    row.kind === "heading" ? `[${said(row.heading)}]` : row.task.id,
  );
const said = (heading: Heading): string =>
  heading.kind === "due" ? heading.due : heading.kind === "day" ? heading.at.slice(0, 10) : heading.name;

describe("rows of the panel", () => {
  test("a group begins with its heading", () => {
    const late = task("late", { due_at: "2026-11-25T09:00:00Z" });
    const soon = task("soon", { due_at: "2026-11-25T11:00:00Z" });
    expect(shown([late, soon])).toEqual(["[overdue]", "late", "[today]", "soon"]);
  });

  test("what has begun since the last look at the clock has begun", () => {
    const tasks = [task("begun", { start_at: "2026-11-25T10:00:05Z" })];
    const at = (readAt: number): string => new Date(timeOf(tasks, now, readAt)).toISOString().slice(17, 19);
    expect([at(now.getTime() + 6_000), at(now.getTime() + 4_000), at(0)]).toEqual(["06", "00", "00"]);
  });

  test("each day that is not near has a heading of its own", () => {
    const days = ["2026-11-28T09:00:00Z", "2026-11-28T11:00:00Z", "2026-12-24T09:00:00Z"];
    expect(shown(days.map((due_at, index) => task(String(index), { due_at })))).toEqual([
      "[2026-11-28]",
      "0",
      "1",
      "[2026-12-24]",
      "2",
    ]);
  });

  test("processes and roles are named, and one's own stand below no name", () => {
    const of = (id: string, group: string) => task(id, { group, process_id: group, process_name: "Order" });
    expect(shown([of("a", "order"), of("b", "order")], "process")).toEqual(["[Order]", "a", "b"]);
    expect(shown([of("a", ""), of("b", "sales")], "role")).toEqual(["[]", "a", "[sales]", "b"]);
  });

  test("without groups there is no heading", () => expect(shown([task("a", {})], "none")).toEqual(["a"]));

  test("what starts later stands by itself, at the end", () => {
    const later = task("later", { due_at: "2026-11-25T12:00:00Z", start_at: "2026-11-25T11:00:00Z" });
    expect(shown([later, task("now", {})])).toEqual(["[none]", "now", "[future]", "later"]);
  });

  test("nothing has no rows", () => expect(shown([])).toEqual([]));
});
