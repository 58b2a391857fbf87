import { describe, expect, test } from "vitest";
import { Refused } from "@/lib/api";
import { changesOf, conflictOf, disputed, theirChanges, without } from "./conflicts";

describe("two who change the same record", () => {
  test("only what differs is sent", () => {
    const before = { a: "1", b: null, c: [], d: "x" };
    expect(changesOf(before, { a: 1, b: "", c: [], d: "y" })).toEqual({ d: "y" });
  });

  test("the same moment and the same file are no change, however they are written", () => {
    const before = { at: "2026-11-26T09:00:00Z", file: "f1", day: "2026-11-26" };
    expect(changesOf(before, { at: "2026-11-26T10:00+01:00", file: ["f1"], day: "2026-11-26" })).toEqual({});
    expect(Object.keys(changesOf(before, { at: "2026-11-26T10:00Z", file: ["f1", "f2"] }))).toEqual([
      "at",
      "file",
    ]);
  });

  test("what both changed is disputed, what one changed is not", () => {
    const before = { a: "1", b: "1", c: "1" };
    const theirs = { a: "2", b: "2", c: "1" };
    expect(disputed(before, { a: "3", c: "3" }, theirs)).toEqual(["a"]);
    expect(disputed(before, { a: "2" }, theirs)).toEqual([]);
    expect(theirChanges(before, { ...theirs, d: "not shown" })).toEqual(["a", "b"]);
    expect(without({ a: "3", c: "3" }, ["a"])).toEqual({ c: "3" });
  });

  test("a refusal of another kind is no conflict", () => {
    expect(conflictOf(new Refused(409, "record.linked", ""))).toBeNull();
    const facts = { theirs: { a: 1 }, revision: 3, changed_by: "tom", changed_at: "2026" };
    expect(conflictOf(new Refused(409, "record.outdated", "", [], facts))?.revision).toBe(3);
  });
});
