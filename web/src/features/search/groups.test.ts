import { expect, test } from "vitest";
import type { Hit } from "@/lib/api";
import { groupsOf } from "./groups";

test("steps come first, then processes, then records type by type", () => {
  const hit = (kind: string, id: string, type: string): Hit => ({ kind, id, type }) as Hit;
  const found = groupsOf([
    hit("record", "case/1", "case"),
    hit("record", "account/1", "account"),
    hit("record", "case/2", "case"),
    hit("process", "3", "order"),
    hit("step", "4", "order"),
  ]);
  expect(found.map(({ name, items }) => [name, items.length])).toEqual([
    ["step", 1],
    ["process", 1],
    ["case", 2],
    ["account", 1],
  ]);
});
