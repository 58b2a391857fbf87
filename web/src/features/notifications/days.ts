/** Notifications by the day on which they were told. */
import type { Notification } from "@/lib/api";
import { dayOf } from "@/lib/time/zones";

export interface Day {
  /** Days since 1970 in the person's zone. */
  day: number;
  items: Notification[];
}

export function byDay(found: readonly Notification[], zone: string): Day[] {
  const days: Day[] = [];
  for (const one of found) {
    const day = dayOf(new Date(one.shown_at), zone);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(one);
    else days.push({ day, items: [one] });
  }
  return days;
}
