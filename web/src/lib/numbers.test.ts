import { describe, expect, test } from "vitest";
import { numberFrom, numberInput, numberText } from "./numbers";

describe("numbers", () => {
  test("are written as the locale does, without losing a digit", () => {
    expect(numberText("1234567890123456.78", "en-GB", 2)).toBe("1,234,567,890,123,456.78");
    expect(numberText("1234.5", "de", 2)).toBe("1.234,50");
  });

  test("are filled in with the point of the locale", () => {
    expect(numberInput("1234.50", "de")).toBe("1234,50");
    expect(numberInput(null, "de")).toBe("");
  });

  test.each([
    ["1,234.5", "en-GB", "1234.5"],
    ["1.234,5", "de", "1234.5"],
    ["12 000", "en-GB", "12000"],
    ["-3", "de", "-3"],
    ["", "en-GB", null],
    ["twelve", "en-GB", undefined],
    ["1.2.3", "en-GB", undefined],
  ])("%s in %s is %s", (typed, locale, expected) => expect(numberFrom(typed, locale)).toBe(expected));
});
