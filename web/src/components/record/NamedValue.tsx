import type { FieldView } from "@/lib/api";
import { useChoices } from "@/lib/choices";
import { valueText } from "@/lib/fieldText";
import { useTexts } from "@/lib/texts";
import { useReader } from "./useReader";

/** A value that comes without its title. */
export function NamedValue({ field, value }: { field: FieldView; value: unknown }): string {
  const { record } = useTexts();
  const reader = useReader();
  const type = field.holds === "person" ? "User" : (field.to ?? "");
  const isChoice = type !== "" && value !== null && value !== undefined && !Array.isArray(value);
  const id = String(value);
  const { labelOf } = useChoices(type, isChoice ? [id] : []);
  const text = isChoice ? (labelOf(id) ?? id) : valueText(value, field, reader);
  return text || record.nothing;
}
