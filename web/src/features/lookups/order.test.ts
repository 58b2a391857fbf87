import { expect, test } from "vitest";
import type { Record as Kept } from "@/lib/api";
import { moved } from "./order";

const row = (id: string, order: number): Kept => ({ id, values: { order } }) as unknown as Kept;

test("a row that moves takes the place of its neighbour, others stay", () => {
  const rows = [row("a", 1), row("b", 2), row("c", 3)];
  expect(moved(rows, 2, -1).map(({ row: one, values }) => [one.id, values.order])).toEqual([
    ["c", 2],
    ["b", 3],
  ]);
});

test("rows without an order of their own get one", () => {
  const rows = [row("a", 0), row("b", 0)];
  expect(moved(rows, 0, 1).map(({ row: one, values }) => [one.id, values.order])).toEqual([
    ["b", 1],
    ["a", 2],
  ]);
});
