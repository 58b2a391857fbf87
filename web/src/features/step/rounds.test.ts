import { expect, test } from "vitest";
import type { Step } from "@/lib/api";
import { decisionOf, roundOf } from "./rounds";

const made = (element: string, created_at: string): Step => ({ element, created_at }) as Step;

test("approvers of one round were asked together", () => {
  const now = made("approve", "2026-11-26T10:00:00.000Z");
  const other = made("approve", "2026-11-26T10:00:00.020Z");
  const before = made("approve", "2026-11-26T09:00:00Z");
  expect(roundOf([before, now, other, made("pay", now.created_at)], now)).toEqual([now, other]);
});

test("a decision is what came of the step", () =>
  expect([
    decisionOf({ state: "open" }),
    decisionOf({ state: "cancelled" }),
    decisionOf({ state: "completed", outcome: "rejected" }),
    decisionOf({ state: "completed", outcome: "approved" }),
  ]).toEqual(["undecided", "withdrawn", "rejected", "approved"]));
