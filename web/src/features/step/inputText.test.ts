import { expect, test } from "vitest";
import type { Component } from "@/components/form/schema";
import { inputText, linesOf } from "./inputText";

const fields = new Map<string, Component>([
  ["company", { type: "textfield", key: "company", label: "Company" }],
  ["counted", { type: "textfield", key: "counted", label: "=count" }],
]);
const text = (values: Record<string, unknown>): string => inputText(linesOf(values, fields), String);

test("a line has the label of its field", () => expect(text({ company: "Acme" })).toBe("Company: Acme"));
test("a label that is worked out is the name of the field", () =>
  expect(text({ counted: 3 })).toBe("counted: 3"));
test("what is empty is left out", () => expect(text({ company: "", list: [], no: null })).toBe(""));
test("several values stand in one line", () => expect(text({ chosen: ["a", "b"] })).toBe("chosen: a, b"));
test("what is no number yet stands as it was typed", () =>
  expect(text({ company: { typed: "1e" } })).toBe("Company: 1e"));
test("fields of a group stand by themselves", () => {
  expect(text({ group: { company: "Acme" } })).toBe("Company: Acme");
  expect(text({ groups: [{ company: "Acme" }, { company: "Blue" }] })).toBe("Company: Acme\nCompany: Blue");
});
test("a value is called as it is told", () =>
  expect(inputText(linesOf({ company: 7 }, fields), (value, field) => `${field?.type} ${value}`)).toBe(
    "Company: textfield 7",
  ));
