import { describe, expect, test } from "vitest";
import { numberFrom, numberInput, numberSample, numberText } from "./numbers";

describe("numbers", () => {
  test("are written as the locale does, without losing a digit", () => {
    expect(numberText("1234567890123456.78", "en-GB", 2)).toBe("1,234,567,890,123,456.78");
    expect(numberText("1234.5", "de", 2)).toBe("1.234,50");
  });

  test("are filled in with the point of the locale", () => {
    expect(numberInput("1234.50", "de")).toBe("1234,50");
    expect(numberInput(null, "de")).toBe("");
  });

  test("that can not be read stay as they were typed, and the locale shows how it writes them", () => {
    expect(numberInput({ typed: "12.50" }, "de")).toBe("12.50");
    expect(numberSample("de", 2)).toBe("1.234,50");
    expect(numberSample("en-GB", 0)).toBe("1,234");
  });

  test.each([
    ["1,234.5", "en-GB", "1234.5"],
    ["1.234,5", "de", "1234.5"],
    ["12 000", "en-GB", "12000"],
    ["-3", "de", "-3"],
    ["", "en-GB", null],
    ["twelve", "en-GB", undefined],
    ["1.2.3", "en-GB", undefined],
    ["12.50", "de", undefined],
    ["1.500", "de", "1500"],
    ["1.500.000,25", "de", "1500000.25"],
    ["1.50.000", "de", undefined],
    ["1500.000", "de", undefined],
    ["1,500.000", "de", undefined],
    ["99,90", "en-GB", undefined],
    ["9,990", "en-GB", "9990"],
    ["1,500,00", "en-GB", undefined],
    ["1,500 000", "en-GB", undefined],
    ["0,5", "en-GB", undefined],
    ["1.5,000", "en-GB", undefined],
    ["1.500", "de-AT", undefined],
    ["1 500,50", "de-AT", "1500.50"],
    ["1’500.50", "de-CH", "1500.50"],
    ["12,34,567", "en-IN", "1234567"],
    ["12,34,567", "en-GB", undefined],
    [",5", "de", ".5"],
    ["5,", "de", "5"],
    ["+7", "de", "7"],
    ["-", "de", undefined],
    [",", "de", undefined],
  ])("%s in %s is %s", (typed, locale, expected) => expect(numberFrom(typed, locale)).toBe(expected));
});
