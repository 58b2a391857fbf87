import { describe, expect, test } from "vitest";
import type { Doing } from "@/lib/doings";
import { type Seen, stageOf } from "./stages";

const nothing: Seen = { dialog: null, step: null, isPostponing: false, hasTask: false };
const at = (done: Doing[], seen: Partial<Seen>): string => stageOf(new Set(done), { ...nothing, ...seen });

describe("the stages of the tour", () => {
  test("it begins at Run process and goes through its dialog", () => {
    expect([at([], {}), at([], { dialog: "list" }), at([], { dialog: "start" })]).toEqual([
      "run",
      "choose",
      "begin",
    ]);
  });

  test("another process is said to be another", () => expect(at([], { dialog: "other" })).toBe("other"));

  test("a page on the way to the question is filled in", () =>
    expect([at(["started"], { step: "autoPage" }), at(["started"], { step: "question" })]).toEqual([
      "fill",
      "question",
    ]));

  test("who closed the step finds it among the tasks", () =>
    expect(at(["started"], { hasTask: true })).toBe("open"));

  test("who has no task any more begins again", () => expect(at(["started", "answered"], {})).toBe("run"));

  test("at last a step is postponed, whichever it is", () =>
    expect([
      at(["started", "answered"], { step: "emailDraft" }),
      at(["started", "answered"], { step: "emailDraft", isPostponing: true }),
    ]).toEqual(["later", "reschedule"]));

  test("what was done out of order counts", () =>
    expect(at(["postponed", "answered", "started"], {})).toBe("end"));
});
