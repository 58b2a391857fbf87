import { describe, expect, test } from "vitest";
import { chosenIn, keyNumber, turned } from "./answers";

describe("answers", () => {
  test("another answer takes the place of the first", () =>
    expect(turned(["yes"], "no", false)).toEqual(["no"]));
  test("several answers stand together", () => expect(turned(["a"], "b", true)).toEqual(["a", "b"]));
  test("chosen again, one of several is taken back", () =>
    expect(turned(["a", "b"], "a", true)).toEqual(["b"]));
  test("no value is no answer", () =>
    expect([chosenIn(null), chosenIn(""), chosenIn(undefined)]).toEqual([[], [], []]));
});

describe("number keys", () => {
  const press = (key: string, more: object = {}) =>
    keyNumber({ key, altKey: false, ctrlKey: false, metaKey: false, target: null, ...more });

  test("a number chooses", () => expect(press("3")).toBe(3));
  test("zero and letters do not", () => expect([press("0"), press("a")]).toEqual([null, null]));
  test("a shortcut of the browser stays one", () => expect(press("1", { ctrlKey: true })).toBeNull());
  test("who types a number in a field chooses nothing", () =>
    expect(press("1", { target: { tagName: "INPUT", type: "text" } })).toBeNull());
  test("on the answers themselves numbers choose", () =>
    expect(press("1", { target: { tagName: "INPUT", type: "radio" } })).toBe(1));
});
