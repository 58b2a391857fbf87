import { describe, expect, test } from "vitest";
import type { Notification } from "@/lib/api";
import { byDay } from "./days";

const told = (id: string, shown_at: string): Notification => ({ id, shown_at }) as Notification;

describe("notifications by day", () => {
  test("a day begins at midnight of the person's zone", () => {
    const found = byDay(
      [told("late", "2026-11-25T23:30:00Z"), told("early", "2026-11-25T10:00:00Z")],
      "Europe/Oslo",
    );
    expect(found.map((day) => day.items.map((one) => one.id))).toEqual([["late"], ["early"]]);
  });

  test("those of one day stand together", () =>
    expect(byDay([told("b", "2026-11-25T12:00:00Z"), told("a", "2026-11-25T10:00:00Z")], "UTC")).toHaveLength(
      1,
    ));
});
