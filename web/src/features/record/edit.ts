/** What is being changed on a record: only what differs is sent, and what somebody else saved meanwhile is compared. */
import type { FieldView, Problem, Refused } from "@/lib/api";

export type Values = Record<string, unknown>;

export interface Conflict {
  theirs: Values;
  revision: number;
  changedBy: string;
  changedAt: string;
}

/** The fields whose value is another one than before. */
export function changesOf(before: Values, now: Values): Values {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => !isSame(before[name], value)));
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function plain(value: unknown): unknown {
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return null;
  return typeof value === "number" ? String(value) : value;
}

export function conflictOf(error: Refused): Conflict | null {
  const { theirs, revision, changed_by: by, changed_at: at } = error.facts;
  if (error.code !== "record.outdated" || typeof theirs !== "object" || theirs === null) return null;
  return {
    theirs: theirs as Values,
    revision: Number(revision),
    changedBy: String(by ?? ""),
    changedAt: String(at ?? ""),
  };
}

/** The fields that both changed, to different values. */
export function disputed(before: Values, mine: Values, theirs: Values): string[] {
  return Object.keys(mine).filter(
    (name) => !isSame(before[name], theirs[name]) && !isSame(mine[name], theirs[name]),
  );
}

/** What they changed, whether I did or not. */
export function theirChanges(before: Values, theirs: Values): string[] {
  return Object.keys(theirs).filter((name) => !isSame(before[name], theirs[name]));
}

/** Problems by the field that they belong to; the rest belongs to the whole. */
export function byField(
  problems: readonly Problem[],
  fields: readonly FieldView[],
): { fields: Map<string, string>; others: string[] } {
  const found = new Map<string, string>();
  const others: string[] = [];
  for (const { field = "", message } of problems) {
    const name = field.replace(/^values\./, "");
    if (fields.some((one) => one.name === name)) found.set(name, found.get(name) ?? message);
    else others.push(message);
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
