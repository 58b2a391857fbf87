import { describe, expect, test } from "vitest";
import { queryOf } from "./asked";
import { activitySearch } from "./search";

const now = new Date("2026-11-25T23:30:00Z"); // Thursday in Oslo

const period = (name: "week" | "month" | "today"): unknown =>
  JSON.parse(String(queryOf({ period: name }, now, "Europe/Oslo")["filter"]));

describe("which activities are asked for", () => {
  test("what the address does not know is left out", () =>
    expect(activitySearch({ view: "calendar", whose: "theirs", at: "soon", step: "1-2" })).toEqual({
      view: "calendar",
    }));

  test("to begin with they are one's own and those of one's roles that are open", () =>
    expect(queryOf({}, now, "UTC")).toMatchObject({
      mine: true,
      of_my_roles: true,
      open: true,
      filter: null,
    }));

  test("today is the day of the person's zone", () =>
    expect(period("today")).toEqual({
      all: [
        { field: "start", op: ">=", value: "2026-11-25T23:00:00.000Z" },
        { field: "start", op: "<", value: "2026-11-26T23:00:00.000Z" },
      ],
    }));

  test("a week begins on Monday", () =>
    expect(period("week")).toMatchObject({ all: [{ value: "2026-11-22T23:00:00.000Z" }, { op: "<" }] }));

  test("a month has all its days", () =>
    expect(period("month")).toMatchObject({
      all: [{ value: "2026-10-31T23:00:00.000Z" }, { value: "2026-11-30T23:00:00.000Z" }],
    }));
});
