import { describe, expect, test } from "vitest";
import type { RecordTypeView, SavedView } from "@/lib/api";
import { firstColumns, listSearch, stateOf } from "./listState";

const field = (name: string, kind = "text") => ({ name, kind, label: name, type: kind });
const type = {
  name: "case",
  title: "subject",
  fields: [field("number"), field("subject"), field("about", "links"), field("due", "date")],
} as unknown as RecordTypeView;
const view = {
  content: { columns: ["due"], sort: ["-due"], search: "lamp", filter: { field: "due", op: "is empty" } },
} as SavedView;

describe("the state of a list", () => {
  test("begins with the title and what is short", () => {
    expect(firstColumns(type)).toEqual(["subject", "number", "due"]);
  });

  test("is that of its view, but for what the address says", () => {
    const state = stateOf({ sort: "subject", q: "" }, view, type);
    expect(state).toEqual({
      search: "",
      sort: "subject",
      columns: ["due"],
      filter: { field: "due", op: "is empty" },
    });
  });

  test("without its filter when the address says that there is none", () =>
    expect(stateOf({ filter: "" }, view, type).filter).toBeNull());

  test("takes nothing else from an address, and no columns that are not there", () => {
    expect(listSearch({ q: "a", other: "b", sort: 3 })).toEqual({ q: "a" });
    expect(stateOf({ columns: "gone" }, undefined, type).columns).toEqual(["subject", "number", "due"]);
  });
});
