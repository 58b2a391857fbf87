import { expect, test } from "vitest";
import { spanText } from "./span";

const words = {
  seconds: (count: string) => `${count} s`,
  minutes: (count: string) => `${count} min`,
  hours: (count: string) => `${count} h`,
  days: (count: string) => `${count} d`,
};

test.each([
  [0.42, "0.4 s"],
  [42, "42 s"],
  [90, "2 min"],
  [3_600, "1 h"],
  [5_400, "1 h 30 min"],
  [200_000, "2 d 7 h"],
])("%d seconds are written as %s", (seconds, text) => expect(spanText(seconds, "en", words)).toBe(text));
