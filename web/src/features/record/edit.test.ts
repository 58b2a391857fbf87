import { describe, expect, test } from "vitest";
import type { FieldView } from "@/lib/api";
import { areas } from "@/lib/texts/en/areas";
import { beginning, byField } from "./edit";

describe("filling in a record", () => {
  test("problems stand beside their fields", () => {
    const fields = [{ name: "a" }] as FieldView[];
    const found = byField(
      [
        { rule: "r", message: "wrong", field: "a" },
        { rule: "r", message: "all wrong" },
      ],
      fields,
      areas.form.wrong,
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
