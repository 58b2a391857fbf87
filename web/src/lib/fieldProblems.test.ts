import { expect, test } from "vitest";
import { fieldWords } from "./fieldProblems";
import { areas } from "./texts/de/areas";

const { wrong } = areas.form;
const field = { name: "city", label: "City", type: "text", kind: "text", length: 40 };
const problem = (rule: string) => ({ rule, message: "The words of the server." });

test("what is wrong with a field is said in the person's language", () => {
  expect(fieldWords(problem("value.missing"), field, wrong)).toBe(wrong.missing);
  expect(fieldWords(problem("text.too-long"), field, wrong)).toBe(wrong.longest("40"));
  expect(fieldWords(problem("field.not-unique"), field, wrong)).toBe(wrong.taken);
});

test("what we have no words for stays as the server said it", () => {
  expect(fieldWords(problem("lookup.unknown-code"), field, wrong)).toBe("The words of the server.");
  expect(fieldWords(problem("text.too-long"), undefined, wrong)).toBe("The words of the server.");
});
