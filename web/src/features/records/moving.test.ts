import { expect, test } from "vitest";
import { movedBy } from "./moving";

test.each([
  [1, -1, ["b", "a", "c"]],
  [1, 1, ["a", "c", "b"]],
  [0, -1, ["a", "b", "c"]],
  [2, 1, ["a", "b", "c"]],
  [5, 1, ["a", "b", "c"]],
] as const)("the one at %d moves by %d", (from, step, names) =>
  expect(movedBy(["a", "b", "c"], from, step)).toEqual(names),
);
