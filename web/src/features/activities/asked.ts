/** Which activities are shown, as the address of the page says it. */
import { dayOf } from "@/lib/time/zones";
import type { ActivitySearch, Period } from "./search";
import { startOfDay } from "./calendar/days";

type Query = Record<string, string | boolean | null>;

/** What list and calendar are narrowed by. */
export function narrowedBy(search: ActivitySearch): Query {
  const whose = search.whose ?? "both";
  const state = search.state ?? "open";
  return {
    mine: whose === "mine" || whose === "both" || null,
    of_my_roles: whose === "roles" || whose === "both" || null,
    open: state === "open" || null,
    overdue: state === "overdue" || null,
    of_process: search.process === "yes" || null,
    search: search.q ?? null,
  };
}

/** What the list of the API is asked for. */
export function queryOf(search: ActivitySearch, now: Date, zone: string): Query {
  return {
    ...narrowedBy(search),
    sort: search.sort ?? "start",
    filter: filterOf(search.period ?? "any", now, zone),
  };
}

function filterOf(period: Period, now: Date, zone: string): string | null {
  if (period === "any") return null;
  const [first, days] = daysOf(period, dayOf(now, zone));
  const since = startOfDay(first, zone).toISOString();
  const until = startOfDay(first + days, zone).toISOString();
  const parts = [
    { field: "start", op: ">=", value: since },
    { field: "start", op: "<", value: until },
  ];
  return JSON.stringify({ all: parts });
}

/** The first day of a period and how many there are; a week begins on Monday. */
function daysOf(period: Period, today: number): [number, number] {
  if (period === "week") return [today - ((today + 3) % 7), 7];
  if (period === "next") return [today, 7];
  if (period === "today") return [today, 1];
  const at = new Date(today * 86_400_000);
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1) / 86_400_000;
  return [first, Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1) / 86_400_000 - first];
}
