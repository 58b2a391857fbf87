import { expect, test } from "vitest";
import type { HistoriesHistoryEntry as Entry } from "@/lib/api";
import { areas } from "@/lib/texts/en/areas";
import { toldOf, whoIn } from "./history";

const PEOPLE: Record<string, string> = { tom: "Tom Okafor", vera: "Vera Lindqvist" };

const teller = {
  words: areas.log.history,
  nameOf: (element: string) => ({ add_up: "Add up", large: "How large?" })[element] ?? "",
  when: (at: string) => at,
  called: { person: (name: string) => PEOPLE[name] ?? name, role: (name: string) => name.toUpperCase() },
  typeOf: (name: string) => (name === "case" ? "Case" : name),
};

function entry(revision: number, more: Partial<Entry>): Entry {
  return { revision, at: "2026-11-26T09:00:00Z", command: "", actor: "", reason: "", events: [], ...more };
}

const said = (...entries: Entry[]): string[] => toldOf(entries, teller).map((line) => line.text);

test("what the machine passed in one go is one sentence", () => {
  const passed = ["add_up", "large"].map((element) => ({ type: "ElementPassed", element }));
  const start = { type: "InstanceStarted" };
  expect(said(entry(1, { actor: "tom", events: [start, ...passed] }))).toEqual([
    "Tom Okafor started it.",
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
    "The step “Approve” began, for MANAGEMENT.",
    "Vera Lindqvist completed “Approve”.",
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
  expect(toldOf([repair], teller)).toMatchObject([
    { text: "Vera Lindqvist changed amount.", reason: "typing error" },
  ]);
});

test("what only the machine needs is left out", () =>
  expect(said(entry(1, { events: [{ type: "TokenArrived" }, { type: "JobCreated" }] }))).toEqual([]));

test("how many records were touched is said with how they are called", () => {
  const touched = (count: number) => ({ type: "RecordsTouched", details: { count, record_type: "case" } });
  expect(said(entry(1, { events: [touched(1), touched(3)] }))).toEqual([
    "1 record of Case was touched.",
    "3 records of Case were touched.",
  ]);
});

test("who is told of is asked for by name", () => {
  const details = { assignee: "", candidate_users: ["jon"], candidate_roles: ["sales"] };
  const made = entry(1, { actor: "tom", events: [{ type: "UserTaskCreated", details }] });
  expect(whoIn([made])).toEqual({ people: ["tom", "jon"], roles: ["sales"] });
});
