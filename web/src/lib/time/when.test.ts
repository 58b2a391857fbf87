import { expect, test } from "vitest";
import { whenText } from "./when";

const now = new Date("2026-11-26T08:00:00Z");
const reader = { zone: "Europe/Berlin", language: "en-GB" };

test.each([
  ["2026-11-26T07:05:00Z", "08:05"],
  ["2026-11-24T07:05:00Z", "24 Nov, 08:05"],
  ["2025-11-24T07:05:00Z", "24 Nov 2025, 08:05"],
])("%s is written as %s", (at, text) => expect(whenText(at, now, reader)).toBe(text));
