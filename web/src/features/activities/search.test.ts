import { expect, test } from "vitest";
import { activitySearch } from "./search";

test("an address names a day that a calendar has, or none", () => {
  for (const at of ["2026-02-28", "2028-02-29", "2026-12-31"]) expect(activitySearch({ at })).toEqual({ at });
  for (const at of [
    "2026-13-45",
    "2026-02-30",
    "2027-02-29",
    "2026-00-10",
    "0000-00-00",
    "0001-01-01",
    "today",
    20260228,
  ])
    expect(activitySearch({ at })).toEqual({});
});
