import { describe, expect, test } from "vitest";
import { fieldsOf, forViewer, layoutOf, schemaOf, settled } from "./schema";

describe("page schemas", () => {
  test("a list of records that only shows them has no value", () => {
    const schema = schemaOf({ components: [{ type: "recordlist", key: "orders", recordType: "order" }] });
    expect(forViewer(schema).components).toEqual([{ type: "recordtable", recordType: "order" }]);
  });

  test("a page that an author wrote without saying so is one", () =>
    expect(forViewer(schemaOf({ components: [] }))["type"]).toBe("default"));

  test("a list to choose from keeps its key, also inside a group", () => {
    const list = { type: "recordlist", key: "orders", choice: "single" as const };
    const schema = schemaOf({ components: [{ type: "group", id: "a", components: [list] }] });
    expect(forViewer(schema).components[0]?.components).toEqual([list]);
  });

  test("a label of a date stands on the day, and a time is a field of ours", () => {
    const components = [
      { type: "datetime", key: "a", label: "Day" },
      { type: "datetime", key: "b", label: "Time", subtype: "time" },
      { type: "datetime", key: "c", dateLabel: "Due", timeLabel: "At", subtype: "datetime" },
    ];
    expect(forViewer(schemaOf({ components })).components).toEqual([
      { type: "datetime", key: "a", dateLabel: "Day" },
      { type: "moment", key: "b", label: "Time", subtype: "time" },
      { type: "moment", key: "c", label: "Due", subtype: "datetime" },
    ]);
  });

  test("steps are a layout, no parts are none", () => {
    const parts = [{ title: "One", groups: ["a"] }];
    expect(layoutOf(schemaOf({ layout: { steps: parts } }))).toEqual({ kind: "steps", parts });
    expect(layoutOf(schemaOf({}))).toBeNull();
  });

  test("fields are found in groups, too", () => {
    const field = { type: "textfield", key: "a", label: "A" };
    expect(fieldsOf([{ type: "group", components: [field] }]).get("a")).toBe(field);
  });

  test("a filter takes its values from the page", () => {
    const filter = {
      all: [
        { field: "city", op: "=", value: "=town" },
        { field: "a", op: "=", value: "b" },
      ],
    };
    expect(settled(filter, (expression) => `[${expression}]`)).toEqual({
      all: [
        { field: "city", op: "=", value: "[=town]" },
        { field: "a", op: "=", value: "b" },
      ],
    });
  });
});
