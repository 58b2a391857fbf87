/** What was filled in, as lines of text. */
import type { Component } from "@/components/form/schema";
import { isUnread } from "@/lib/numbers";
import { asValues, type Values } from "@/lib/values";

export interface Line {
  label: string;
  /** One, or several. */
  values: readonly unknown[];
  /** The field that it is the value of. */
  field: Component | undefined;
}

export function linesOf(values: Values, fields: ReadonlyMap<string, Component>): Line[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const given = (Array.isArray(value) ? value : [value]).filter((one) => !isEmpty(one));
    const all = given.map((one: unknown) => (isUnread(one) ? one.typed : one));
    const groups = all.map(asValues).filter((one) => one !== null);
    if (groups.length > 0) return groups.flatMap((one) => linesOf(one, fields));
    const field = fields.get(key);
    return all.length > 0 ? [{ label: labelOf(field) ?? key, values: all, field }] : [];
  });
}

/** `said` is how one value of a field is called. */
export function inputText(
  lines: readonly Line[],
  said: (value: unknown, field?: Component) => string,
): string {
  return lines
    .map(({ label, values, field }) => `${label}: ${values.map((one) => said(one, field)).join(", ")}`)
    .join("\n");
}

function labelOf(field: Component | undefined): string | undefined {
  const label = field?.label ?? field?.dateLabel ?? field?.timeLabel;
  return label?.startsWith("=") ? undefined : label;
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "";
