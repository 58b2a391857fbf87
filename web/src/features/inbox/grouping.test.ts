import { describe, expect, test } from "vitest";
import type { InboxTask } from "@/lib/api";
import { rowsOf } from "./grouping";

const now = new Date("2026-11-25T10:00:00Z");

function task(id: string, times: Partial<InboxTask>): InboxTask {
  return { id, title: id, ...times } as InboxTask;
}

const shown = (tasks: InboxTask[]): string[] =>
  rowsOf(tasks, now, "UTC").map((row) => (row.kind === "heading" ? `[${row.group}]` : row.task.id));

describe("rows of the panel", () => {
  test("a group begins with its heading", () => {
    const late = task("late", { due_at: "2026-11-25T09:00:00Z" });
    const soon = task("soon", { due_at: "2026-11-25T11:00:00Z" });
    expect(shown([late, soon])).toEqual(["[overdue]", "late", "[today]", "soon"]);
  });

  test("what has no due time comes behind what has one", () => {
    expect(shown([task("some time", {}), task("soon", { due_at: "2026-11-25T11:00:00Z" })])).toEqual([
      "[today]",
      "soon",
      "[none]",
      "some time",
    ]);
  });

  test("what starts later stands by itself, at the end", () => {
    const later = task("later", { due_at: "2026-11-25T12:00:00Z", start_at: "2026-11-25T11:00:00Z" });
    expect(shown([later, task("now", {})])).toEqual(["[none]", "now", "[future]", "later"]);
  });

  test("nothing has no rows", () => expect(shown([])).toEqual([]));
});
