import { beforeEach, expect, test, vi } from "vitest";
import { findUnsaved, forgetUnsaved, keepUnsaved } from "./unsaved";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

const draft = (at: string, values = {}) => ({ at, values });

test("what was typed is there again, for this person and step", () => {
  keepUnsaved("ann", "1-1", { values: { name: "Half" }, over: null, sent: [] });
  expect(findUnsaved("ann", "1-1", null)).toEqual({ name: "Half" });
  expect([findUnsaved("bob", "1-1", null), findUnsaved("ann", "1-2", null)]).toEqual([null, null]);
});

test("a draft that reached the server since is newer, but for one that was sent before", () => {
  const sent = [{ name: "H" }];
  keepUnsaved("ann", "1-1", { values: { name: "Half" }, over: "2026-11-26T08:00:00Z", sent });
  expect(findUnsaved("ann", "1-1", draft("2026-11-26T09:00:00Z", { name: "Other" }))).toBeNull();
  expect(findUnsaved("ann", "1-1", draft("2026-11-26T09:00:00Z", { name: "H" }))).toEqual({ name: "Half" });
});

test("what the server has is forgotten, and what can not be read is nothing", () => {
  keepUnsaved("ann", "1-1", { values: {}, over: null, sent: [] });
  forgetUnsaved("ann", "1-1");
  localStorage.setItem("stepwell.unsaved.ann.1-2", "{");
  expect([findUnsaved("ann", "1-1", null), findUnsaved("ann", "1-2", null)]).toEqual([null, null]);
});
