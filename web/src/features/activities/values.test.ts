import { describe, expect, test } from "vitest";
import type { Record as Kept } from "@/lib/api";
import { asKept, changedValues, filledAgain, filledFrom, placeOf } from "./values";

const kept = {
  values: { subject: "Call", start: "2026-11-26T08:00:00Z", due: null, owner: "tom", in_calendar: true },
} as unknown as Kept;
const before = filledFrom(kept, "Europe/Oslo");

describe("the values of an activity", () => {
  test("times are those of the person's zone", () => expect(before.start).toBe("2026-11-26T09:00"));

  test("what stays is not sent", () =>
    expect(changedValues(before, { ...before }, "Europe/Oslo")).toEqual({}));

  test("what is changed is sent as the API calls it", () =>
    expect(
      changedValues(before, { ...before, due: "2026-11-26T10:00", owner: "", role: "sales" }, "Europe/Oslo"),
    ).toEqual({ due: "2026-11-26T09:00:00.000Z", owner: null, owner_role: "sales" }));

  test("what was kept is there again, as far as it is of the right kind", () => {
    const typed = { ...asKept(before), subject: "Call Ada", connections: "case/1", start: 7 };
    expect(filledAgain(typed, before)).toEqual({ ...before, subject: "Call Ada" });
  });

  test("a problem finds its field", () =>
    expect([placeOf("remind_at"), placeOf("elsewhere")]).toEqual(["remindAt", null]));
});
