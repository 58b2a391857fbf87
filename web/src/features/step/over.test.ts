import { describe, expect, test } from "vitest";
import { Refused, type StepPage } from "@/lib/api";
import { chosenIn, type Clash, clashOf } from "./clash";
import { baseOf, withBase, withoutBase } from "./base";
import { begunOver, stillTyped } from "./over";
import { namedIn } from "./recordNames";

const before = { subject: "A", due: "1", place: "" };

describe("what others saved while one fills in", () => {
  test("is taken in where one has not typed", () => {
    expect(stillTyped(before, { ...before, due: "2" }, { ...before, subject: "B" })).toEqual({
      subject: "B",
    });
    expect(stillTyped(before, { ...before, due: "2" }, before)).toEqual({});
  });

  test("is no choice when both typed the same, and one when they did not", () => {
    expect(stillTyped(before, { ...before, due: "2" }, { ...before, due: "2" })).toEqual({ due: "2" });
    expect(stillTyped(before, { ...before, due: "2" }, { ...before, due: "3" })).toBeNull();
  });

  test("stays as it is now, but for what one typed oneself and wants to have", () => {
    const newer = { subject: "theirs", due: "theirs", place: "theirs", remindAt: "theirs" };
    const typed = { subject: "mine", due: "mine", place: "", remindAt: "mine" };
    const facts = { theirs: {}, revision: 5 };
    const given = { button: {} as never, values: typed, typed, over: { values: before, revision: 3 } };
    const clash = clashOf(new Refused(409, "record.outdated", "", [], facts), given, "activity");
    const sent = chosenIn(clash as Clash, "activity", newer, ["due", "remind_at"]);
    expect(sent.values).toEqual({ subject: "mine", due: "theirs", place: "theirs", remindAt: "theirs" });
    expect(sent.over.revision).toBe(5);
    expect(clash?.mine).toEqual({ subject: "mine", due: "mine", remind_at: "mine" });
  });

  test("has the names of the record when it is an activity", () => {
    expect(namedIn("activity", { due: 1, ownerRole: "sales" })).toEqual({ due: 1, owner_role: "sales" });
    expect(namedIn("case", { ownerRole: "sales" })).toEqual({ ownerRole: "sales" });
  });
});

describe("a draft of the page of a record", () => {
  const draft = withBase({ subject: "B" }, { values: before, revision: 3 });
  const page = (revision: number | null, changed = {}): StepPage =>
    ({ values: { ...before, ...changed }, revision }) as unknown as StepPage;

  test("tells over what it was typed, and that is no field", () => {
    expect(baseOf(draft)).toEqual({ values: { subject: "A" }, revision: 3 });
    expect(withoutBase(draft)).toEqual({ subject: "B" });
    expect(withBase({}, { values: before, revision: 3 })).toEqual({});
    expect(withBase({ subject: "B" }, { values: before, revision: null })).toEqual({ subject: "B" });
  });

  test("goes on over the newer page, unless others changed the same", () => {
    expect(begunOver(page(4, { due: "2" }), draft)).toEqual({
      values: { ...before, due: "2" },
      revision: 4,
    });
    expect(begunOver(page(4, { subject: "C", due: "2" }), draft)).toEqual({
      values: { ...before, due: "2" },
      revision: 3,
    });
    expect(begunOver(page(4, { subject: "B" }), draft).revision).toBe(4);
    expect(begunOver(page(4, { subject: "C" }), null).revision).toBe(4);
  });
});
