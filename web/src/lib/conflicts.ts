/** Somebody saved a record before: what they made of it, beside what one meant oneself. */
import type { Refused } from "@/lib/api";
import type { Values } from "@/lib/values";

export interface Conflict {
  theirs: Values;
  revision: number;
  changedBy: string;
  changedAt: string;
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/;

/** Forms and records write the same in different ways: a moment in another zone, one file as a list of files. */
function plain(value: unknown): unknown {
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value) && value.length === 1) return plain(value[0]);
  if (typeof value === "string" && MOMENT.test(value)) return Date.parse(value) || value;
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

/** The fields whose value is another one than before. */
export function changesOf(before: Values, now: Values): Values {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => !isSame(before[name], value)));
}

/** What is left of changes when these fields stay as the other person saved them. */
export function without(changes: Values, theirs: readonly string[]): Values {
  return Object.fromEntries(Object.entries(changes).filter(([name]) => !theirs.includes(name)));
}

/** The fields that both changed, to different values. */
export function disputed(before: Values, mine: Values, theirs: Values): string[] {
  return Object.keys(mine).filter(
    (name) => !isSame(before[name], theirs[name]) && !isSame(mine[name], theirs[name]),
  );
}

/** What they changed of what was shown, whether I did or not. */
export function theirChanges(before: Values, theirs: Values): string[] {
  return Object.keys(theirs).filter((name) => name in before && !isSame(before[name], theirs[name]));
}
