import { expect, test } from "vitest";
import { de } from "@/lib/texts/de";
import { en } from "@/lib/texts/en";
import { said } from "./messages";

test("what is missing is said in our words", () =>
  expect(said("Field is required.", en.form.wrong)).toBe("Expected a value, but there is none."));

test("a limit is named in the language of the person", () =>
  expect(said("Field must have minimum value of 1.", de.form.wrong)).toBe("Erwartet wird mindestens 1."));

test("what an author wrote stays", () =>
  expect(said("Three letters.", en.form.wrong)).toBe("Three letters."));
