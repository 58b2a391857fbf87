import { describe, expect, test } from "vitest";
import { dayText, dueText, groupOf, timeText } from "./due";

const now = new Date("2026-11-25T10:00:00Z");
const reader = { zone: "Europe/Oslo", language: "en-GB", late: (minutes: number) => `${minutes} min late` };

describe("when something is due", () => {
  test.each([
    ["2026-11-25T09:59:00Z", "overdue"],
    ["2026-11-25T22:59:00Z", "today"],
    ["2026-11-25T23:01:00Z", "tomorrow"],
    ["2026-11-30T10:00:00Z", "week"],
    ["2026-12-03T10:00:00Z", "later"],
    [null, "none"],
  ])("%s is %s", (due, group) => expect(groupOf(due, now, reader.zone)).toBe(group));

  test("what is late says by how much", () =>
    expect(dueText("2026-11-25T08:00:00Z", now, reader)).toBe("120 min late"));
  test("what is due today says the time", () =>
    expect(dueText("2026-11-25T15:00:00Z", now, reader)).toBe("16:00"));
  test("what is due tomorrow is told from what is due today", () =>
    expect(dueText("2026-11-26T08:00:00Z", now, reader)).toBe("Thu 09:00"));
  test("what is due this week says the day", () =>
    expect(dueText("2026-11-27T15:00:00Z", now, reader)).toBe("Fri"));
  test("what is due later says the date", () =>
    expect(dueText("2026-12-24T15:00:00Z", now, reader)).toBe("24 Dec"));
  test("what is due in another year says which", () =>
    expect(dueText("2027-01-04T15:00:00Z", now, reader)).toBe("4 Jan 2027"));
  test("a day is the heading of what is due on it, which says the time", () => {
    const at = "2026-12-02T15:00:00Z";
    expect([dayText(at, now, reader), timeText(at, reader)]).toEqual(["Wednesday 2 December", "16:00"]);
  });
});
