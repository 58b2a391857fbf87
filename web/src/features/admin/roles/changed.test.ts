import { expect, test } from "vitest";
import { changedOf, rebased } from "./changed";
import type { Filled } from "./RoleFields";

const role: Filled = {
  label: "Sales",
  kind: "organisational",
  parent: "staff",
  rights: ["design", "operate"],
};

test("only what was changed of a role is sent", () => {
  expect(changedOf(role, { ...role, label: "Sellers" })).toEqual({ label: "Sellers" });
  expect(changedOf(role, role)).toEqual({});
});

test("rights are sent with those that were seen", () => {
  const found = changedOf(role, { ...role, rights: ["design"] });
  expect(found).toEqual({ rights: ["design"], seen: ["design", "operate"] });
  expect(changedOf(role, { ...role, rights: [] })).toEqual({ rights: [], seen: ["design", "operate"] });
});

test("what others changed of a role is taken in, and what was filled in stays", () => {
  const filled: Filled = { ...role, label: "Sellers", rights: ["operate", "administer"] };
  const newer: Filled = { ...role, label: "Trade", parent: "", rights: ["design"] };
  expect(rebased(role, filled, newer)).toEqual({
    label: "Sellers",
    kind: "organisational",
    parent: "",
    rights: ["administer"],
  });
});
