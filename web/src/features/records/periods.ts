/** Spans of time said relative to now, as the API names them. */

export const PERIODS = [
  "today", "yesterday", "tomorrow", "this week", "last week", "next week", "this month", "last month", "next month",
  "this quarter", "last quarter", "this year", "last year", "last", "next",
] as const; // prettier-ignore
export const UNITS = ["hours", "days", "weeks", "months", "years"] as const;

export interface Counted {
  way: "last" | "next";
  count: number;
  unit: string;
}

/** `last 7 days` in its parts; null for a period that is not counted. */
export function periodOf(text: string): Counted | null {
  const found = /^(last|next) (\d+) ([a-z]+?)s?$/.exec(text);
  if (!found) return null;
  return {
    way: found[1] === "last" ? "last" : "next",
    count: Number(found[2]),
    unit: `${found[3] ?? "day"}s`,
  };
}

export function countedOf({ way, count, unit }: Counted): string {
  return `${way} ${Math.min(100_000, Math.max(1, Math.floor(count) || 1))} ${unit}`;
}
