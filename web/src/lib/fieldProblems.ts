import type { FieldView, Problem } from "./api";
import type { Texts } from "./texts";

/** What the server found wrong with a field of a record, in the person's language; its own sentence where we have none. */
export function fieldWords(
  { rule, message }: Problem,
  field: FieldView | undefined,
  wrong: Texts["form"]["wrong"],
): string {
  if (rule === "value.missing") return wrong.missing;
  if (rule === "field.not-unique") return wrong.taken;
  if (rule === "number.digits" && field?.digits) return wrong.digits(String(field.digits));
  if (rule === "text.too-long" && field?.length) return wrong.longest(String(field.length));
  return message;
}
