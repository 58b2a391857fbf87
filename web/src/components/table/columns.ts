/** What a table is told: its columns, its rows, and what can be done with them. */
import type { ReactNode } from "react";

export interface Column<Row> {
  /** What it is sorted by, and called in the address. */
  name: string;
  label: string;
  /** Numbers stand at the right; times are never cut; tools have no heading that is seen. */
  kind?: "text" | "number" | "time" | "tools";
  canSort?: boolean;
  /** The one that names the row; a link in it is the way in from anywhere in the row. The first, if none says so. */
  isMain?: boolean;
  show: (row: Row) => ReactNode;
}

const KINDS: Record<string, "number" | "time"> = {
  integer: "number",
  decimal: "number",
  money: "number",
  date: "time",
  date_time: "time",
  time: "time",
};

/** How the values of a record's field stand in a table. The number of a record is a name, nothing to add up. */
export function columnKind(field: { name: string; kind: string }): "text" | "number" | "time" {
  return field.name === "id" ? "text" : (KINDS[field.kind] ?? "text");
}

/** Rows as they are read, page by page. */
export interface Listing<Row> {
  rows: readonly Row[];
  isPending: boolean;
  error: unknown;
  hasMore: boolean;
  isReadingMore: boolean;
  onMore: () => void;
  onRetry: () => void;
}

export interface Order {
  /** A column, with `-` before it when the largest comes first; empty for the order of the server. */
  by: string;
  onChange: (by: string) => void;
}

export interface Choosing<Row> {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  /** How a row is called, for those who hear it. */
  nameOf: (row: Row) => string;
}

/** The order after a click on the heading of a column. */
export function turned(by: string, name: string): string {
  return by === name ? `-${name}` : name;
}

export function directionOf(by: string, name: string): "ascending" | "descending" | "none" {
  if (by === name) return "ascending";
  return by === `-${name}` ? "descending" : "none";
}

/** What is chosen after a click on one row; with `from`, all rows from there to here become like it. */
export function chosenAfter(
  chosen: ReadonlySet<string>,
  keys: readonly string[],
  key: string,
  from: string | null,
): ReadonlySet<string> {
  const isOn = !chosen.has(key);
  const [start, end] = [keys.indexOf(from ?? key), keys.indexOf(key)].toSorted((one, other) => one - other);
  const meant = start === undefined || start < 0 || end === undefined ? [key] : keys.slice(start, end + 1);
  const left = new Set(chosen);
  for (const one of meant) {
    if (isOn) left.add(one);
    else left.delete(one);
  }
  return left;
}
