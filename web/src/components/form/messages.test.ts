import { expect, test } from "vitest";
import { areas as de } from "@/lib/texts/de/areas";
import { areas as en } from "@/lib/texts/en/areas";
import { said, worded } from "./messages";

test("what is missing is said in our words", () =>
  expect(said("Field is required.", en.form.wrong)).toBe("Expected a value, but there is none."));

test("a limit is named in the language of the person", () =>
  expect(said("Field must have minimum value of 1.", de.form.wrong)).toBe("Erwartet wird mindestens 1."));

test("what an author wrote stays", () =>
  expect(said("Three letters.", en.form.wrong)).toBe("Three letters."));

test("what the server found is said in the person's language, with the limit of the field", () => {
  const field = { type: "number", validate: { min: 1 } };
  const problem = { rule: "value.too-small", message: "Expected it to be at least 1 but it is 0." };
  expect(worded(problem, field, de.form.wrong)).toBe("Erwartet wird mindestens 1.");
  expect(worded({ rule: "value.required", message: "" }, undefined, de.form.wrong)).toBe(
    de.form.wrong.missing,
  );
  expect(worded({ ...problem, rule: "value.option" }, field, de.form.wrong)).toBe(problem.message);
});
