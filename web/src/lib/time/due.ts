/** When something is due, in the few words that fit into a row. */
import { dayOf } from "./zones";

export type DueGroup = "overdue" | "today" | "tomorrow" | "week" | "later" | "none";

export interface Reader {
  zone: string;
  language: string;
  late: (minutes: number) => string;
}

export function groupOf(due: string | null | undefined, now: Date, zone: string): DueGroup {
  if (!due) return "none";
  const at = new Date(due);
  if (at < now) return "overdue";
  const days = dayOf(at, zone) - dayOf(now, zone);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return days < 7 ? "week" : "later";
}

/** Late: by how much; today: the time; tomorrow: the day and the time; within a week: the day; else the date. */
export function dueText(due: string, now: Date, reader: Reader): string {
  const at = new Date(due);
  const show = (asked: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(reader.language, { timeZone: reader.zone, ...asked }).format(at);
  switch (groupOf(due, now, reader.zone)) {
    case "overdue":
      return reader.late(Math.max(1, Math.floor((now.getTime() - at.getTime()) / 60_000)));
    case "today":
      return show({ hour: "2-digit", minute: "2-digit" });
    case "tomorrow":
      return show({ weekday: "short", hour: "2-digit", minute: "2-digit" });
    case "week":
      return show({ weekday: "short" });
    default:
      return show({
        day: "numeric",
        month: "short",
        ...(sameYear(at, now, reader.zone) ? {} : { year: "numeric" }),
      });
  }
}

/** A day, as the heading of what is due on it. */
export function dayText(at: string, now: Date, reader: Omit<Reader, "late">): string {
  const day = new Date(at);
  return new Intl.DateTimeFormat(reader.language, {
    timeZone: reader.zone,
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear(day, now, reader.zone) ? {} : { year: "numeric" }),
  }).format(day);
}

/** Only the time of it: for what stands below its day. */
export function timeText(at: string, reader: Omit<Reader, "late">): string {
  return new Intl.DateTimeFormat(reader.language, {
    timeZone: reader.zone,
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));
}

/** The whole of it, for titles and pages. */
export function fullText(at: string, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: "full", timeStyle: "short" }).format(
    new Date(at),
  );
}

/** Day and time, short. */
export function momentText(at: string, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date(at));
}

/** The day. */
export function dateText(at: string, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: "medium" }).format(new Date(at));
}

function sameYear(one: Date, other: Date, zone: string): boolean {
  const year = (at: Date): string =>
    new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric" }).format(at);
  return year(one) === year(other);
}
