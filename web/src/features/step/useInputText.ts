import { useQueries } from "@tanstack/react-query";
import type { Component } from "@/components/form/schema";
import { useReader } from "@/components/record/useReader";
import { choiceQuery } from "@/lib/choices";
import { valueText } from "@/lib/fieldText";
import { attachmentQuery } from "@/lib/files";
import { inputText, type Line } from "./inputText";

const DATES: Readonly<Record<string, "date" | "time" | "date_time">> = {
  date: "date",
  time: "time",
  datetime: "date_time",
};

/** What was filled in as the person reads it: records, choices and files by what they are called. */
export function useInputText(lines: readonly Line[]): string {
  const reader = useReader();
  const chosen = lines.flatMap(({ field, values }) =>
    values.map((one) => ({ type: typeOf(field), id: String(one) })).filter(({ type }) => type !== ""),
  );
  const files = lines.flatMap(({ field, values }) => (isFile(field) ? values.map(String) : []));
  const titles = useQueries({ queries: chosen.map(({ type, id }) => choiceQuery(type, id)) });
  const names = useQueries({ queries: files.map(attachmentQuery) });
  const said = (value: unknown, field?: Component): string => {
    const id = String(value);
    if (isFile(field)) return names[files.indexOf(id)]?.data?.name ?? id;
    const type = typeOf(field);
    if (type) return titles[chosen.findIndex((one) => one.type === type && one.id === id)]?.data?.label ?? id;
    const answer = field?.values?.find((one) => one.value === id);
    if (answer) return answer.label;
    if (typeof value === "boolean") return value ? reader.yes : reader.no;
    const kind = field && DATES[String(field["subtype"])];
    return kind ? valueText(value, { kind }, reader) : id;
  };
  return inputText(lines, said);
}

const isFile = (field: Component | undefined): boolean => field?.type === "filepicker";
const typeOf = (field: Component | undefined): string => String(field?.["recordType"] ?? "");
