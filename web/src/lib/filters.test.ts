import { describe, expect, test } from "vitest";
import type { FieldView } from "@/lib/api";
import { changed, countOf, dataOf, operatorsOf, treeOf, valueFor } from "./filters";

const nested = {
  all: [
    { field: "status", op: "in", value: ["new"] },
    {
      any: [
        { field: "owner", op: "is me" },
        { field: "due", op: "within", value: "this week" },
      ],
    },
  ],
};

describe("filters", () => {
  test("what was read is written the same", () => expect(dataOf(treeOf(nested))).toEqual(nested));

  test("a single condition stands in a group", () =>
    expect(dataOf(treeOf({ field: "a", op: "=", value: 1 }))).toEqual({
      all: [{ field: "a", op: "=", value: 1 }],
    }));

  test("what is not complete is no condition", () => {
    const tree = treeOf({
      all: [
        { field: "a", op: "=" },
        { field: "b", op: "in", value: [] },
        { field: "c", op: "between", value: [1, null] },
      ],
    });
    expect(dataOf(tree)).toBeNull();
  });

  test("a no and a zero are values", () =>
    expect(dataOf(treeOf({ field: "a", op: "=", value: false }))).not.toBeNull());

  test("counts conditions, however deep", () => {
    expect(countOf(nested)).toBe(3);
    expect(countOf(null)).toBe(0);
  });

  test("an item is changed or taken out wherever it stands", () => {
    const tree = treeOf(nested);
    const inner = tree.items[1];
    const id = inner && "items" in inner ? (inner.items[0]?.id ?? "") : "";
    expect(dataOf(changed(tree, id, () => null))).toEqual({
      all: [nested.all[0], { any: [{ field: "due", op: "within", value: "this week" }] }],
    });
  });

  test("a value stays where it still fits", () => {
    expect(valueFor("=", { op: "in", value: ["new", "old"] })).toBe("new");
    expect(valueFor("in", { op: "=", value: "new" })).toEqual(["new"]);
    expect(valueFor("is empty", { op: "=", value: "new" })).toBeNull();
    expect(valueFor(">", { op: "within", value: "today" })).toBeNull();
  });

  test("choices begin with one of, texts with a part of them", () => {
    const field = (kind: string, operators: string[]): FieldView =>
      ({ name: "f", label: "F", type: kind, kind, holds: "", operators }) as FieldView;
    expect(operatorsOf(field("lookup", ["!=", "=", "in", "not in"]))[0]).toBe("in");
    expect(operatorsOf(field("text", ["!=", "=", "contains"]))[0]).toBe("contains");
  });
});
