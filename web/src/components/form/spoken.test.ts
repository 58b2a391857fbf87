import { expect, test } from "vitest";
import { de as first } from "@/lib/texts/de";
import { areas } from "@/lib/texts/de/areas";
import { schemaOf } from "./schema";
import { spoken } from "./spoken";

const de = { ...first, ...areas };

const labels = (kind: string, ...components: { type: string; key?: string; label?: string }[]) =>
  spoken(schemaOf({ components }), kind, de).components.map((one) => one.label);

test("the server's own labels are said in the person's language", () =>
  expect(labels("emailDraft", { type: "textfield", key: "to", label: "To" })).toEqual(["An"]));

test("an author's labels stay", () =>
  expect(labels("autoPage", { type: "textfield", key: "to", label: "To" })).toEqual(["To"]));

test("the result of an activity is asked for in the person's language, on any page", () => {
  const result = { type: "select", key: "result", label: "Result" };
  const group = { type: "group", id: "_activity", label: "Result", components: [result] };
  const [found] = spoken(schemaOf({ components: [group] }), "question", de).components;
  expect([found?.label, found?.components?.[0]?.label]).toEqual(["Aktivität", "Ergebnis"]);
});
