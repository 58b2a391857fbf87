import { expect, test } from "vitest";
import type { Process } from "@/lib/api";
import { groupsOf, isMeant } from "./groups";

function process(name: string, more: Partial<Process> = {}): Process {
  return { name, process_id: name, is_favourite: false, ...more } as Process;
}

const shown = (items: Process[]): string[] =>
  groupsOf(items).map((group) => `${group.name}: ${group.processes.map((one) => one.name).join(" ")}`);

test("a favourite stands among the favourites only", () =>
  expect(
    shown([process("a", { is_favourite: true, last_started_at: "2026-11-25T10:00:00Z" }), process("b")]),
  ).toEqual(["favourites: a", "all: b"]));

test("what was started last comes first", () =>
  expect(
    shown([
      process("a", { last_started_at: "2026-11-24T10:00:00Z" }),
      process("b", { last_started_at: "2026-11-25T10:00:00Z" }),
    ]),
  ).toEqual(["recent: b a"]));

test("every word that is typed has to stand in the name", () =>
  expect(
    ["ord re", "Order", "", "order x"].map((typed) => isMeant(process("Review an order"), typed)),
  ).toEqual([true, true, true, false]));
