import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { asSwitch, forget, keep, kept, keptText } from "./kept";
import { asInput } from "./keptInput";
import { asValues } from "./values";

const NAME = "stepwell.test";
const filled = { values: { name: "Half" }, base: { name: "" }, revision: 3 };
let store: Map<string, string>;

function withStore(more: object = {}): void {
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => store.get(name) ?? null,
    setItem: (name: string, value: string) => store.set(name, value),
    removeItem: (name: string) => store.delete(name),
    ...more,
  });
}

beforeEach(() => {
  store = new Map();
  withStore();
});
afterEach(() => vi.unstubAllGlobals());

test("what is kept is there again, and forgotten when told so", () => {
  keep(NAME, filled);
  expect(kept(NAME, asInput)).toEqual(filled);
  forget(NAME);
  expect([kept(NAME, asInput), keptText(NAME)]).toEqual([null, null]);
});

test.each(["", "{", "null", "7", "[]", '"yes"'])("%j is nothing that was filled in", (text) => {
  store.set(NAME, text);
  expect([kept(NAME, asInput), kept(NAME, asValues)]).toEqual([null, null]);
});

test.each([
  { ...filled, values: [] },
  { ...filled, base: "x" },
  { values: {}, base: {} },
])("%j lacks a part", (found) => expect(asInput(found)).toBeNull());

test("a switch is on, off or not known", () => {
  store.set("on", "true").set("off", "false").set("other", '"true"');
  expect(["on", "off", "other", "none"].map((name) => kept(name, asSwitch))).toEqual([
    true,
    false,
    null,
    null,
  ]);
});

test("a full store keeps nothing, not what was there before", () => {
  keep(NAME, { old: true });
  withStore({
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  keep(NAME, { old: false });
  expect(kept(NAME, asValues)).toBeNull();
});

test("a store that may not be used is as an empty one", () => {
  vi.stubGlobal("localStorage", undefined);
  keep(NAME, filled);
  forget(NAME);
  expect([kept(NAME, asInput), keptText(NAME)]).toEqual([null, null]);
});
