import { describe, expect, test } from "vitest";
import { atHour, dayOf, fromInput, toInput } from "./zones";

describe("clocks of zones", () => {
  test("an input shows the time of the person's zone", () => {
    expect(toInput(new Date("2026-11-24T08:00:00Z"), "Europe/Oslo")).toBe("2026-11-24T09:00");
  });

  test("what an input says comes back as the same point in time", () => {
    const at = new Date("2026-07-01T21:30:00Z");
    for (const zone of ["Europe/Oslo", "America/New_York", "Asia/Kolkata", "UTC"])
      expect(fromInput(toInput(at, zone), zone)).toEqual(at);
  });

  test("a time that the clock skips in spring is taken an hour later", () => {
    const taken = (text: string, zone: string): string => toInput(fromInput(text, zone) ?? new Date(0), zone);
    expect(taken("2026-03-29T02:30", "Europe/Berlin")).toBe("2026-03-29T03:30");
    expect(taken("2026-03-08T02:30", "America/New_York")).toBe("2026-03-08T03:30");
    expect(taken("2026-09-06T00:15", "America/Santiago")).toBe("2026-09-06T01:15");
  });

  test("a time that the clock shows twice in autumn is the first of them", () => {
    expect(fromInput("2026-10-25T02:30", "Europe/Berlin")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(fromInput("2026-11-01T01:30", "America/New_York")?.toISOString()).toBe("2026-11-01T05:30:00.000Z");
  });

  test("a year of which only the first digit is typed comes back as it is", () => {
    for (const text of ["0002-11-24T09:00", "0020-11-24T09:00", "0202-11-24T09:00"])
      expect(toInput(fromInput(text, "UTC") ?? new Date(), "UTC")).toBe(text);
  });

  test("an empty input says nothing", () => expect(fromInput("", "UTC")).toBeNull());

  test("a day begins at midnight of the zone", () => {
    const late = new Date("2026-11-24T23:30:00Z");
    expect(dayOf(late, "Europe/Oslo")).toBe(dayOf(late, "UTC") + 1);
  });

  test("tomorrow at nine is nine o'clock there", () => {
    const now = new Date("2026-11-24T23:30:00Z");
    expect(atHour(now, 1, 9, "Europe/Oslo").toISOString()).toBe("2026-11-26T08:00:00.000Z");
  });
});
