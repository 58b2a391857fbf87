/** Performing a step later: from what the form says to what the API takes. */
import type { Texts } from "@/lib/texts";

export interface Plan {
  /** As the input writes it, in the person's zone. */
  start: string;
  /** Minutes. */
  duration: number;
  /** Minutes before the start; below 0: none. */
  reminder: number;
  inCalendar: boolean;
  subject: string;
}

export const DURATIONS = [15, 30, 60, 120, 240, 480] as const;
export const REMINDERS = [-1, 0, 10, 30, 60, 1_440] as const;

const MINUTE = 60_000;
const A_DAY = 1_440;

/** An owner or subject that stays is not said. A reminder that would lie in the past is left to the server: it comes at once. */
export function planOf(plan: Plan, start: Date, owner: string, title: string): Record<string, unknown> {
  const reminder =
    plan.reminder < 0 ? null : new Date(start.getTime() - plan.reminder * MINUTE).toISOString();
  return {
    start_at: start.toISOString(),
    duration: plan.duration,
    remind_at: reminder,
    in_calendar: plan.inCalendar,
    assignee: owner,
    title: plan.subject.trim() === title ? "" : plan.subject.trim(),
  };
}

export function lengthText(minutes: number, texts: Texts["later"]): string {
  if (minutes < 60) return texts.minutes(minutes);
  return minutes < A_DAY ? texts.hours(minutes / 60) : texts.days(minutes / A_DAY);
}
