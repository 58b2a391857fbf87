import { expect, test } from "vitest";
import type { HistoriesHistoryEntry as Entry } from "@/lib/api";
import { areas } from "@/lib/texts/en/areas";
import { toldOf } from "./history";

const teller = {
  words: areas.log.history,
  nameOf: (element: string) => ({ add_up: "Add up", large: "How large?" })[element] ?? "",
  when: (at: string) => at,
};

function entry(revision: number, more: Partial<Entry>): Entry {
  return { revision, at: "2026-11-26T09:00:00Z", command: "", actor: "", reason: "", events: [], ...more };
}

const said = (...entries: Entry[]): string[] => toldOf(entries, teller).map((line) => line.text);

test("what the machine passed in one go is one sentence", () => {
  const passed = ["add_up", "large"].map((element) => ({ type: "ElementPassed", element }));
  const start = { type: "InstanceStarted" };
  expect(said(entry(1, { actor: "tom", events: [start, ...passed] }))).toEqual([
    "tom started it.",
    "Passed: “Add up”, “How large?”.",
  ]);
});

test("a step is called by its title whatever happens to it", () => {
  const details = { title: "Approve", candidate_roles: ["management"] };
  const made = entry(1, { events: [{ type: "UserTaskCreated", id: "1-2", element: "a", details }] });
  const done = entry(2, {
    actor: "vera",
    events: [{ type: "UserTaskCompleted", id: "1-2", details: { by: "vera" } }],
  });
  expect(said(made, done)).toEqual([
    "The step “Approve” began, for management.",
    "vera completed “Approve”.",
  ]);
});

test("the reason of a repair stands with it, and values are not told", () => {
  const values = { type: "VariablesSet", details: { scope: 0, values: { amount: 1 } } };
  const repair = entry(3, {
    command: "SetVariables",
    actor: "vera",
    reason: "typing error",
    events: [values],
  });
  expect(toldOf([repair], teller)).toMatchObject([{ text: "vera changed amount.", reason: "typing error" }]);
});

test("what only the machine needs is left out", () =>
  expect(said(entry(1, { events: [{ type: "TokenArrived" }, { type: "JobCreated" }] }))).toEqual([]));
