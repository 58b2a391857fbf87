import { describe, expect, test } from "vitest";
import { shownOf, valueOf } from "./moments";

const NOW = new Date("2026-11-26T06:00:00Z");
const OSLO = "Europe/Oslo";
const field = (subtype: string, timeSerializingFormat?: string) => ({
  type: "moment",
  subtype,
  timeSerializingFormat,
});

describe("times of a page", () => {
  test.each([
    ["2026-11-26T07:21:35+00:00", "2026-11-26T08:21"],
    ["2026-11-26T08:21+01:00", "2026-11-26T08:21"],
    ["2026-11-26T08:21+01:00[Europe/Oslo]", "2026-11-26T08:21"],
    ["2026-11-26T08:21:07", "2026-11-26T08:21"],
    [null, ""],
    ["soon", ""],
  ])("%s is shown as %s", (value, shown) => expect(shownOf(value, field("datetime"), OSLO, NOW)).toBe(shown));

  test.each([
    ["07:13", "07:13"],
    ["07:13:20", "07:13"],
    ["06:13Z", "07:13"],
    ["02:13-04:00", "07:13"],
  ])("the time %s is shown as %s", (value, shown) =>
    expect(shownOf(value, field("time"), OSLO, NOW)).toBe(shown),
  );

  test.each([
    ["datetime", "2026-07-01T14:37", undefined, "2026-07-01T14:37"],
    ["datetime", "2026-07-01T14:37", "utc_offset", "2026-07-01T14:37+02:00"],
    ["datetime", "2026-07-01T00:37", "utc_normalized", "2026-06-30T22:37Z"],
    ["time", "14:37", "no_timezone", "14:37"],
    ["time", "14:37", "utc_offset", "14:37+01:00"],
    ["time", "00:37", "utc_normalized", "23:37Z"],
    ["time", "", "utc_offset", null],
    ["datetime", "", undefined, null],
  ])("%s %s as %s is %s", (subtype, shown, format, value) =>
    expect(valueOf(shown, field(subtype, format), OSLO, NOW)).toBe(value),
  );

  test("what is shown comes back as it was, west of Greenwich too", () => {
    const asked = field("datetime", "utc_offset");
    const value = "2026-11-26T07:21-05:00";
    expect(valueOf(shownOf(value, asked, "America/New_York", NOW), asked, "America/New_York", NOW)).toBe(
      value,
    );
  });
});
