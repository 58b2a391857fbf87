/** How the fields of the page of an activity are called in its record; all others are called the same. */
import type { Values } from "@/lib/values";

const OF_ACTIVITY: Readonly<Record<string, string>> = {
  ownerRole: "owner_role",
  remindAt: "remind_at",
  showInCalendar: "in_calendar",
  resultDetails: "result_details",
};

export const nameIn = (type: string, field: string): string =>
  (type === "activity" ? OF_ACTIVITY[field] : undefined) ?? field;

export function namedIn(type: string, values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [nameIn(type, name), value]));
}
