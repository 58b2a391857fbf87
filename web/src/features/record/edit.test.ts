import { describe, expect, test } from "vitest";
import type { FieldView } from "@/lib/api";
import { Refused } from "@/lib/api";
import { conflictOf, disputed, theirChanges } from "@/lib/conflicts";
import { beginning, byField, changesOf } from "./edit";

describe("changing a record", () => {
  test("only what differs is sent", () => {
    const before = { a: "1", b: null, c: [], d: "x" };
    expect(changesOf(before, { a: 1, b: "", c: [], d: "y" })).toEqual({ d: "y" });
  });

  test("what both changed is disputed, what one changed is not", () => {
    const before = { a: "1", b: "1", c: "1" };
    const theirs = { a: "2", b: "2", c: "1" };
    expect(disputed(before, { a: "3", c: "3" }, theirs)).toEqual(["a"]);
    expect(disputed(before, { a: "2" }, theirs)).toEqual([]);
    expect(theirChanges(before, theirs)).toEqual(["a", "b"]);
  });

  test("a refusal of another kind is no conflict", () => {
    expect(conflictOf(new Refused(409, "record.linked", ""))).toBeNull();
    const facts = { theirs: { a: 1 }, revision: 3, changed_by: "tom", changed_at: "2026" };
    expect(conflictOf(new Refused(409, "record.outdated", "", [], facts))?.revision).toBe(3);
  });

  test("problems stand beside their fields", () => {
    const fields = [{ name: "a" }] as FieldView[];
    const found = byField(
      [
        { rule: "r", message: "wrong", field: "a" },
        { rule: "r", message: "all wrong" },
      ],
      fields,
    );
    expect([...found.fields]).toEqual([["a", "wrong"]]);
    expect(found.others).toEqual(["all wrong"]);
  });

  test("a new record begins with its defaults", () => {
    const fields = [
      { name: "owner", kind: "text", default: "me" },
      { name: "due", kind: "date", default: "today" },
      { name: "done", kind: "yes_no", default: null },
      { name: "account", kind: "link", default: null },
    ] as FieldView[];
    expect(beginning(fields, { account: "7" }, "tom", "2026-11-26")).toEqual({
      owner: "tom",
      due: "2026-11-26",
      done: false,
      account: "7",
    });
  });
});
