/** Points in time as a clock in the person's zone shows them, and back. */

export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(zone, found);
  }
  return found;
}

export function wallOf(at: Date, zone: string): Wall {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const of = (name: string): number => parts[name] ?? 0;
  return { year: of("year"), month: of("month"), day: of("day"), hour: of("hour"), minute: of("minute") };
}

const QUARTER = 15 * 60_000; // milliseconds: no zone begins its days, or changes its clock, within one
const DAY = 86_400_000;
const MOST_KEPT = 10_000;
const days = new Map<string, Map<number, number>>();

/** The number of the day since 1970, as the zone counts days; kept, as long lists ask for the same ones again and again. */
export function dayOf(at: Date, zone: string): number {
  let kept = days.get(zone);
  if (!kept || kept.size > MOST_KEPT) days.set(zone, (kept = new Map()));
  const quarter = Math.floor(at.getTime() / QUARTER);
  let found = kept.get(quarter);
  if (found === undefined) {
    const wall = wallOf(new Date(quarter * QUARTER), zone);
    found = Math.floor(Date.UTC(wall.year, wall.month - 1, wall.day) / DAY);
    kept.set(quarter, found);
  }
  return found;
}

/** As an input of the type `datetime-local` shows it. */
export function toInput(at: Date, zone: string): string {
  const wall = wallOf(at, zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(wall.year).padStart(4, "0")}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}

/** What such an input says, as a point in time; null for none. A time that the clock shows twice is the first of them; one
 * that it skips is as much later as it skips. */
export function fromInput(text: string, zone: string): Date | null {
  const wanted = Date.parse(`${text}:00Z`);
  if (text === "" || Number.isNaN(wanted)) return null;
  const [before, after] = [wanted - offsetAt(wanted - DAY, zone), wanted - offsetAt(wanted + DAY, zone)];
  const shown = [before, after]
    .toSorted((one, other) => one - other)
    .find((at) => at + offsetAt(at, zone) === wanted);
  return new Date(shown ?? before);
}

function offsetAt(at: number, zone: string): number {
  const wall = wallOf(new Date(at), zone);
  const shown = new Date(Date.UTC(2000, wall.month - 1, wall.day, wall.hour, wall.minute));
  shown.setUTCFullYear(wall.year, wall.month - 1, wall.day); // Date.UTC takes the year 2 for 1902
  return shown.getTime() - Math.floor(at / 60_000) * 60_000;
}

/** A point in time at which the clock of the zone shows this hour, so many days from now. */
export function atHour(now: Date, days: number, hour: number, zone: string): Date {
  const day = new Date((dayOf(now, zone) + days) * DAY).toISOString().slice(0, 10);
  return fromInput(`${day}T${String(hour).padStart(2, "0")}:00`, zone) ?? now;
}
