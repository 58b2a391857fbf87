import { expect, test } from "vitest";
import { areas as de } from "@/lib/texts/de/areas";
import { areas as en } from "@/lib/texts/en/areas";
import { said } from "./messages";

test("what is missing is said in our words", () =>
  expect(said("Field is required.", en.form.wrong)).toBe("Expected a value, but there is none."));

test("a limit is named in the language of the person", () =>
  expect(said("Field must have minimum value of 1.", de.form.wrong)).toBe("Erwartet wird mindestens 1."));

test("what an author wrote stays", () =>
  expect(said("Three letters.", en.form.wrong)).toBe("Three letters."));
