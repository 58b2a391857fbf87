/** What a record is filled in with: where it begins, and where what is wrong with it stands. */
import type { FieldView, Problem } from "@/lib/api";
import { fieldWords } from "@/lib/fieldProblems";
import type { Texts } from "@/lib/texts";
import type { Values } from "@/lib/values";

/** Problems by the field that they belong to; the rest belongs to the whole. */
export function byField(
  problems: readonly Problem[],
  fields: readonly FieldView[],
  wrong: Texts["form"]["wrong"],
): { fields: Map<string, string>; others: string[] } {
  const found = new Map<string, string>();
  const others: string[] = [];
  for (const problem of problems) {
    const name = (problem.field ?? "").replace(/^values\./, "");
    const field = fields.find((one) => one.name === name);
    if (field) found.set(name, found.get(name) ?? fieldWords(problem, field, wrong));
    else others.push(problem.message);
  }
  return { fields: found, others };
}

/** Where a new record begins: the defaults that need no knowledge of the server, and what the address gives. */
export function beginning(fields: readonly FieldView[], given: Values, me: string, today: string): Values {
  const words: Record<string, unknown> = { me, today, now: new Date().toISOString() };
  const defaults = fields.flatMap((field) => {
    const value = field.default;
    if (value === null || value === undefined) return field.kind === "yes_no" ? [[field.name, false]] : [];
    return [[field.name, typeof value === "string" && value in words ? words[value] : value]];
  });
  return { ...Object.fromEntries(defaults), ...given };
}
