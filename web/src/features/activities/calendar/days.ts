/** Days of a calendar in the person's zone, and where its entries stand in them. A day is a number since 1970. */
import type { CalendarItem } from "@/lib/api";
import { dayOf, fromInput, wallOf } from "@/lib/time/zones";
import type { Span } from "../search";

const DAY = 86_400_000;
const SHORTEST = 30; // minutes that an entry takes at least, so that its title can be read
const MINUTES = 1_440;
const LONG = DAY / 2;

export const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
export const dayFrom = (text: string): number => Math.floor(Date.parse(`${text}T00:00:00Z`) / DAY);

export function startOfDay(day: number, zone: string): Date {
  return fromInput(`${dayText(day)}T00:00`, zone) ?? new Date(day * DAY);
}

/** The days that are shown around a day: itself, its week from Monday, or the weeks of its month. */
export function daysShown(span: Span, at: number): number[] {
  if (span === "day") return [at];
  const week = (day: number): number => day - ((day + 3) % 7);
  if (span === "week") return range(week(at), 7);
  const [first, last] = monthOf(at);
  const begin = week(first);
  return range(begin, week(last) + 7 - begin);
}

/** The first and the last day of the month of a day. */
export function monthOf(at: number): [number, number] {
  const date = new Date(at * DAY);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY;
  return [first, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY - 1];
}

/** A day before or behind, as far as is shown at once. */
export function moved(span: Span, at: number, by: 1 | -1): number {
  if (span === "day") return at + by;
  if (span === "week") return at + 7 * by;
  const date = new Date(at * DAY);
  const [first, last] = monthOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1) / DAY);
  return Math.min(first + date.getUTCDate() - 1, last);
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** What begins or goes on on a day. What ends at midnight does not reach the next day. */
export function itemsOn(items: readonly CalendarItem[], day: number, zone: string): CalendarItem[] {
  return items.filter((item) => {
    const first = dayOf(new Date(item.start), zone);
    const end = item.due ? new Date(new Date(item.due).getTime() - 1) : new Date(item.start);
    return first <= day && day <= Math.max(first, dayOf(end, zone));
  });
}

export interface Placed {
  item: CalendarItem;
  /** Minutes since the day began, by the clock on the wall. */
  from: number;
  to: number;
  /** Which of how many that stand beside each other. */
  column: number;
  columns: number;
}

/** What goes on for long into other days stands above the hours. */
export function isLong(item: CalendarItem, zone: string): boolean {
  if (!item.due) return false;
  const [start, due] = [new Date(item.start), new Date(item.due)];
  return (
    due.getTime() - start.getTime() >= LONG && dayOf(start, zone) < dayOf(new Date(due.getTime() - 1), zone)
  );
}

/** Where the entries of a day stand: side by side where they overlap. */
export function placedOn(items: readonly CalendarItem[], day: number, zone: string): Placed[] {
  const placed = itemsOn(items, day, zone)
    .filter((item) => !isLong(item, zone))
    .map((item) => ({ item, ...minutesOn(item, day, zone), column: 0, columns: 1 }))
    .toSorted((one, other) => one.from - other.from || other.to - one.to);
  let group: Placed[] = [];
  let end = -1;
  for (const one of placed) {
    if (one.from >= end) {
      group = [];
      end = -1;
    }
    const taken = new Set(group.filter((other) => other.to > one.from).map((other) => other.column));
    while (taken.has(one.column)) one.column += 1;
    group.push(one);
    end = Math.max(end, one.to);
    const columns = Math.max(...group.map((other) => other.column)) + 1;
    for (const other of group) other.columns = columns;
  }
  return placed;
}

function minutesOn(item: CalendarItem, day: number, zone: string): { from: number; to: number } {
  const minute = (at: Date): number => {
    const wall = wallOf(at, zone);
    return (dayOf(at, zone) - day) * MINUTES + wall.hour * 60 + wall.minute;
  };
  const from = Math.min(Math.max(0, minute(new Date(item.start))), MINUTES - SHORTEST);
  const end = item.due ? minute(new Date(item.due)) : from;
  return { from, to: Math.min(MINUTES, Math.max(end, from + SHORTEST)) };
}
