import { describe, expect, test } from "vitest";
import { lengthText, type Plan, planOf } from "./later";
import { later } from "./texts/en/later";

const start = new Date("2026-11-26T08:00:00Z");
const plan: Plan = { start: "", duration: 30, reminder: 10, inCalendar: true, subject: "Call" };

describe("performing later", () => {
  test("a reminder comes so many minutes before the start", () =>
    expect(planOf(plan, start, "", "Call")["remind_at"]).toBe("2026-11-26T07:50:00.000Z"));

  test("there may be no reminder", () =>
    expect(planOf({ ...plan, reminder: -1 }, start, "", "Call")["remind_at"]).toBeNull());

  test("a subject that stays is not said", () => expect(planOf(plan, start, "", "Call")["title"]).toBe(""));

  test("another subject is", () => expect(planOf(plan, start, "", "Visit")["title"]).toBe("Call"));

  test.each([
    [1, "1 minute"],
    [30, "30 minutes"],
    [60, "1 hour"],
    [1_440, "1 day"],
  ])("%i minutes are written as %s", (minutes, text) => expect(lengthText(minutes, later)).toBe(text));
});
