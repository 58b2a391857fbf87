import { expect, test } from "vitest";
import type { StepPage } from "@/lib/api";
import { asksForResult, isQuestion, lacksResult } from "./isQuestion";

const RADIO = { type: "radio", key: "answer" };
const RESULT = { type: "group", id: "_activity", components: [] };
const pageOf = (...components: object[]): StepPage =>
  ({ kind: "question", schema: { components } }) as unknown as StepPage;

test("a question stays one when its activity wants a result", () => {
  expect(isQuestion(pageOf(RADIO))).toBe(true);
  expect(isQuestion(pageOf(RADIO, RESULT))).toBe(true);
  expect(isQuestion(pageOf(RADIO, { type: "textfield" }))).toBe(false);
  expect([asksForResult(pageOf(RADIO)), asksForResult(pageOf(RADIO, RESULT))]).toEqual([false, true]);
});

test("a result is missing only where one is asked for", () => {
  expect(lacksResult(pageOf(RADIO), { answer: "y" })).toBe(false);
  expect(lacksResult(pageOf(RADIO, RESULT), { answer: "y", _activity: { result: null } })).toBe(true);
  expect(lacksResult(pageOf(RADIO, RESULT), { _activity: { result: "completed" } })).toBe(false);
});
