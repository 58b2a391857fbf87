import { describe, expect, test } from "vitest";
import { valueText } from "./fieldText";

const reader = { zone: "Europe/Oslo", locale: "en-GB", yes: "Yes", no: "No" };

describe("values in words", () => {
  test.each([
    ["date", "2026-11-25", "25 Nov 2026"],
    ["date_time", "2026-11-25T23:30:00Z", "26 Nov 2026, 00:30"],
    ["time", "09:05:00", "09:05"],
    ["yes_no", false, "No"],
    ["text", "Anna", "Anna"],
    ["text", null, ""],
  ])("%s %s", (kind, value, expected) => expect(valueText(value, { kind }, reader)).toBe(expected));

  test("money has its digits", () =>
    expect(valueText("1234.5", { kind: "money", digits: 2 }, reader)).toBe("1,234.50"));
});
