import { describe, expect, test } from "vitest";
import { chosenAfter, directionOf, turned } from "./columns";

const keys = ["a", "b", "c", "d"];
const after = (chosen: string[], key: string, from: string | null = null): string[] =>
  [...chosenAfter(new Set(chosen), keys, key, from)].toSorted((one, other) => one.localeCompare(other));

describe("choosing rows", () => {
  test("a click chooses a row, another one leaves it", () => {
    expect(after([], "b")).toEqual(["b"]);
    expect(after(["b"], "b")).toEqual([]);
  });

  test("with shift all rows between become like the clicked one", () => {
    expect(after(["a"], "c", "a")).toEqual(["a", "b", "c"]);
    expect(after(["a", "b", "c"], "a", "b")).toEqual(["c"]);
  });

  test("a beginning that is not there any more counts for nothing", () =>
    expect(after([], "c", "gone")).toEqual(["c"]));
});

test("a click on a heading sorts by it, another one turns the order", () => {
  expect(turned("", "name")).toBe("name");
  expect(turned("name", "name")).toBe("-name");
  expect(directionOf("-name", "name")).toBe("descending");
  expect(directionOf("-name", "city")).toBe("none");
});
