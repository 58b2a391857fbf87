import { expect, test } from "vitest";
import { inputText } from "./inputText";

const labels = new Map([["company", "Company"]]);

test("a line has the label of its field", () =>
  expect(inputText({ company: "Acme" }, labels)).toBe("Company: Acme"));
test("what is empty is left out", () =>
  expect(inputText({ company: "", list: [], no: null }, labels)).toBe(""));
test("several values stand in one line", () =>
  expect(inputText({ chosen: ["a", "b"] }, labels)).toBe("chosen: a, b"));
test("fields of a group stand by themselves", () =>
  expect(inputText({ group: { company: "Acme" } }, labels)).toBe("Company: Acme"));
