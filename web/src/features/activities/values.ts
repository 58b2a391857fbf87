/** What is filled in about an activity, and what of it the API is told. */
import type { Record as Kept } from "@/lib/api";
import { fromInput, toInput } from "@/lib/time/zones";
import type { Values } from "@/lib/values";
import { textOf } from "./data";

export interface Filled {
  subject: string;
  category: string;
  status: string;
  priority: string;
  /** As inputs write it, in the person's zone. */
  start: string;
  due: string;
  remindAt: string;
  owner: string;
  role: string;
  inCalendar: boolean;
  connections: string[];
  result: string;
  details: string;
}

export function filledFrom(record: Kept, zone: string): Filled {
  const moment = (field: string): string => {
    const at = textOf(record, field);
    return at && toInput(new Date(at), zone);
  };
  const connections = record.values["connections"];
  return {
    subject: textOf(record, "subject"),
    category: textOf(record, "category"),
    status: textOf(record, "status"),
    priority: textOf(record, "priority"),
    start: moment("start"),
    due: moment("due"),
    remindAt: moment("remind_at"),
    owner: textOf(record, "owner"),
    role: textOf(record, "owner_role"),
    inCalendar: record.values["in_calendar"] === true,
    connections: Array.isArray(connections) ? connections.map(String) : [],
    result: textOf(record, "result"),
    details: textOf(record, "result_details"),
  };
}

const FIELDS: Record<keyof Filled, string> = {
  subject: "subject",
  category: "category",
  status: "status",
  priority: "priority",
  start: "start",
  due: "due",
  remindAt: "remind_at",
  owner: "owner",
  role: "owner_role",
  inCalendar: "in_calendar",
  connections: "connections",
  result: "result",
  details: "result_details",
};
const MOMENTS = new Set<keyof Filled>(["start", "due", "remindAt"]);

/** Where what is filled in is kept in this browser: for an activity, or for a new one. */
export const keptName = (person: string, number: string): string => `stepwell.activity.${person}.${number}`;

/** What was kept, as far as it is of the right kind. */
export function filledAgain(kept: Values, first: Filled): Filled {
  const isAlike = (value: unknown, other: unknown): boolean =>
    typeof value === typeof other && Array.isArray(value) === Array.isArray(other);
  const fitting = Object.entries(first).filter(([name, value]) => isAlike(kept[name], value));
  return { ...first, ...Object.fromEntries(fitting.map(([name]) => [name, kept[name]])) };
}

export const asKept = (filled: Filled): Values => ({ ...filled });

/** What is filled in otherwise than when it was sent. */
export function typedSince(sent: Filled, now: Filled): Partial<Filled> {
  return Object.fromEntries(differing(sent, now).map((name) => [name, now[name]]));
}

function differing(before: Filled, now: Filled): (keyof Filled)[] {
  const names = Object.keys(FIELDS) as (keyof Filled)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
}

/** What is another than before, as the API calls it; an empty text is none. */
export function changedValues(before: Filled, now: Filled, zone: string): Record<string, unknown> {
  return Object.fromEntries(differing(before, now).map((name) => [FIELDS[name], valueOf(now, name, zone)]));
}

function valueOf(filled: Filled, name: keyof Filled, zone: string): unknown {
  const value = filled[name];
  if (MOMENTS.has(name)) return fromInput(String(value), zone)?.toISOString() ?? null;
  return value === "" ? null : value;
}

/** Beside which of our fields a problem of the API stands. */
export function placeOf(field: string): keyof Filled | null {
  const names = Object.keys(FIELDS) as (keyof Filled)[];
  return names.find((name) => FIELDS[name] === field) ?? null;
}
