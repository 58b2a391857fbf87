/** The value of a field in words, by its kind. */
import type { FieldView, Record as Kept } from "@/lib/api";
import { isUnread, numberText } from "./numbers";

export interface FieldReader {
  zone: string;
  locale: string;
  yes: string;
  no: string;
}

export function fieldText(record: Kept, field: FieldView, reader: FieldReader): string {
  return record.titles[field.name] ?? valueText(valueIn(record, field), field, reader);
}

/** What every record has stands beside the values. */
export function valueIn(record: Kept, field: Pick<FieldView, "name" | "is_system">): unknown {
  if (!field.is_system) return record.values[field.name];
  const own = record as unknown as Record<string, unknown>;
  return field.name === "id" ? record.id.slice(record.id.lastIndexOf("/") + 1) : own[field.name];
}

export function valueText(
  value: unknown,
  field: Pick<FieldView, "kind" | "digits">,
  reader: FieldReader,
): string {
  if (value === null || value === undefined || value === "") return "";
  if (isUnread(value)) return value.typed;
  if (Array.isArray(value)) return value.map(String).join(", ");
  switch (field.kind) {
    case "yes_no":
      return value === true ? reader.yes : reader.no;
    case "integer":
    case "decimal":
    case "money":
      return numberText(String(value), reader.locale, field.digits);
    case "date":
      return dated(`${String(value)}T12:00:00Z`, reader.locale, { dateStyle: "medium", timeZone: "UTC" });
    case "time":
      return dated(`2000-01-01T${String(value)}Z`, reader.locale, { timeStyle: "short", timeZone: "UTC" });
    case "date_time":
      return dated(String(value), reader.locale, {
        dateStyle: "medium",
        timeStyle: "short",
        timeZone: reader.zone,
      });
    default:
      return String(value);
  }
}

function dated(text: string, locale: string, asked: Intl.DateTimeFormatOptions): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : new Intl.DateTimeFormat(locale, asked).format(at);
}
