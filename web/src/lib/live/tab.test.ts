import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isLastUsed, watchTab } from "./tab";

const PLACE = "stepwell.tab";
let store: Map<string, string>;
let screen: { visibilityState: string };
let stop: () => void;

const happens = (name: string, more: object = {}): boolean =>
  window.dispatchEvent(Object.assign(new Event(name), more));

beforeEach(() => {
  vi.useFakeTimers();
  store = new Map();
  screen = { visibilityState: "visible" };
  vi.stubGlobal("document", screen);
  vi.stubGlobal("window", Object.assign(new EventTarget(), { setTimeout, clearTimeout }));
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => store.get(name) ?? null,
    setItem: (name: string, value: string) => store.set(name, value),
    removeItem: (name: string) => store.delete(name),
  });
  stop = watchTab();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a tab that is closed gives its place up, if it has it", () => {
  expect(isLastUsed()).toBe(true);
  happens("pagehide");
  expect([...store]).toEqual([]);
  store.set(PLACE, "another");
  happens("pagehide");
  expect([isLastUsed(), ...store.values()]).toEqual([false, "another"]);
});

test.each([
  ["visible", true],
  ["hidden", false],
])("a %s tab takes the place of one that is closed", (state, isAtOnce) => {
  store.set(PLACE, "another");
  screen.visibilityState = state;
  store.delete(PLACE);
  happens("storage", { key: PLACE });
  expect(store.has(PLACE)).toBe(isAtOnce);
  vi.runAllTimers();
  expect([isLastUsed(), store.has(PLACE)]).toEqual([true, true]);
});

test("a tab that nobody sees leaves the place to one that was quicker", () => {
  screen.visibilityState = "hidden";
  store.delete(PLACE);
  happens("storage", { key: PLACE });
  store.set(PLACE, "another");
  vi.runAllTimers();
  expect(isLastUsed()).toBe(false);
});
