import { expect, test } from "vitest";
import { areas } from "@/lib/texts/en/areas";
import { changeOf, type Typed, typedOf } from "./variables";

const words = areas.log.variables;
const before = typedOf(
  { amount: 50, name: "Ada", until: "2026-11-26", tags: ["a"], nothing: null, ok: true },
  { until: "date" },
);

function edit(name: string, change: Partial<Typed>): Typed[] {
  return before.map((one) => (one.name === name ? { ...one, ...change } : one));
}

test("every value has a type", () =>
  expect(before.map((one) => one.type)).toEqual(["number", "text", "date", "list", "any", "boolean"]));

test("only what was changed is sent, with its type", () =>
  expect(changeOf(edit("until", { text: "2027-01-01" }), before, words)).toEqual({
    variables: { until: "2027-01-01" },
    types: { until: "date" },
  }));

test("a number is one, and text that looks like one stays text", () => {
  expect(changeOf(edit("amount", { text: "12.5" }), before, words)).toMatchObject({
    variables: { amount: 12.5 },
  });
  expect(changeOf(edit("name", { text: "12" }), before, words)).toMatchObject({ variables: { name: "12" } });
});

test("what does not fit its type is told beside it", () => {
  const rows = edit("tags", { text: "{}" }).map((one) =>
    one.name === "amount" ? { ...one, text: "much" } : one,
  );
  expect(changeOf(rows, before, words)).toEqual({ amount: words.noNumber, tags: words.noList });
});

test("a new variable needs a name of its own", () => {
  const added: Typed = { name: "amount", type: "text", text: "x", isNew: true };
  expect(changeOf([...before, added], before, words)).toEqual({ amount: words.nameTwice });
});
