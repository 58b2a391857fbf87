import { expect, test } from "vitest";
import type { InboxTask } from "@/lib/api";
import { asksTheSame, chosen, turn } from "./choosing";

const task = (id: string, element: string): InboxTask => ({ id, process_id: "order", element }) as InboxTask;

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
