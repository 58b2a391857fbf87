/** What the address of the page may say. */

export type Whose = "mine" | "roles" | "both" | "all";
export type State = "open" | "overdue" | "all";
export type Period = "any" | "today" | "week" | "month" | "next";
export type Span = "day" | "week" | "month";

export interface ActivitySearch {
  view?: "calendar";
  whose?: Whose;
  state?: State;
  period?: Period;
  process?: "yes";
  q?: string;
  sort?: string;
  span?: Span;
  /** The day around which the calendar is shown. */
  at?: string;
}

const CHOICES = {
  view: ["calendar"],
  whose: ["mine", "roles", "both", "all"],
  state: ["open", "overdue", "all"],
  period: ["any", "today", "week", "month", "next"],
  process: ["yes"],
  span: ["day", "week", "month"],
} as const;

/** What an address may say; anything else in it is left out. */
export function activitySearch(given: Record<string, unknown>): ActivitySearch {
  const found: Record<string, string> = {};
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = given[name];
    if (typeof value === "string" && (allowed as readonly string[]).includes(value)) found[name] = value;
  }
  for (const name of ["q", "sort"]) {
    const value = given[name];
    if (typeof value === "string" && value !== "") found[name] = value;
  }
  if (isDay(given["at"])) found["at"] = given["at"];
  return found;
}

/** Whether a calendar has this day: 2026-02-30 looks like one and is none. */
function isDay(text: unknown): text is string {
  if (typeof text !== "string" || !/^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Whether less is shown than one begins with. */
export function isNarrowed(search: ActivitySearch): boolean {
  return [search.whose, search.state, search.process, search.q].some((chosen) => chosen !== undefined);
}
