import { describe, expect, test } from "vitest";
import type { CalendarItem } from "@/lib/api";
import { dayFrom, daysShown, dayText, itemsOn, moved, placedOn, startOfDay } from "./days";

const item = (id: string, start: string, due: string | null = null): CalendarItem =>
  ({ id, title: id, start, due }) as CalendarItem;
const at = dayFrom("2026-11-25");

describe("the days of a calendar", () => {
  test("a week begins on Monday", () =>
    expect(daysShown("week", at).map(dayText)).toEqual([
      "2026-11-23",
      "2026-11-24",
      "2026-11-25",
      "2026-11-26",
      "2026-11-27",
      "2026-11-28",
      "2026-11-29",
    ]));

  test("a month has whole weeks", () => {
    const days = daysShown("month", at).map(dayText);
    expect([days[0], days.at(-1), days.length]).toEqual(["2026-10-26", "2026-12-06", 42]);
  });

  test("a month before the 31st is its last day", () =>
    expect(dayText(moved("month", dayFrom("2026-10-31"), -1))).toBe("2026-09-30"));

  test("a day begins at midnight of the zone, also when the clock changes", () => {
    expect(startOfDay(dayFrom("2026-03-29"), "Europe/Oslo").toISOString()).toBe("2026-03-28T23:00:00.000Z");
    expect(startOfDay(dayFrom("2026-03-30"), "Europe/Oslo").toISOString()).toBe("2026-03-29T22:00:00.000Z");
  });
});

describe("the entries of a day", () => {
  test("one that goes on over midnight stands on both days", () => {
    const night = [item("night", "2026-11-25T22:00:00Z", "2026-11-26T02:00:00Z")];
    expect([at, at + 1, at + 2].map((day) => itemsOn(night, day, "UTC").length)).toEqual([1, 1, 0]);
  });

  test("one that ends at midnight does not reach the next day", () =>
    expect(itemsOn([item("late", "2026-11-25T22:00:00Z", "2026-11-26T00:00:00Z")], at + 1, "UTC")).toEqual(
      [],
    ));

  test("what overlaps stands side by side, what does not has the whole width", () => {
    const placed = placedOn(
      [
        item("a", "2026-11-25T09:00:00Z", "2026-11-25T10:00:00Z"),
        item("b", "2026-11-25T09:30:00Z", "2026-11-25T11:00:00Z"),
        item("c", "2026-11-25T13:00:00Z"),
      ],
      at,
      "UTC",
    );
    expect(placed.map((one) => [one.item.id, one.from, one.to, one.column, one.columns])).toEqual([
      ["a", 540, 600, 0, 2],
      ["b", 570, 660, 1, 2],
      ["c", 780, 810, 0, 1],
    ]);
  });
});
