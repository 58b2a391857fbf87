import { expect, test } from "vitest";
import { countedOf, periodOf } from "./periods";

test("a counted period is read and written", () => {
  expect(periodOf("last 7 days")).toEqual({ way: "last", count: 7, unit: "days" });
  expect(periodOf("next 1 hour")).toEqual({ way: "next", count: 1, unit: "hours" });
  expect(periodOf("this week")).toBeNull();
  expect(countedOf({ way: "next", count: 0, unit: "weeks" })).toBe("next 1 weeks");
});
