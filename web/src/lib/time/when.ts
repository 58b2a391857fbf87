/** When something happened, in few words: the time of today, the day of before. */
import { dayOf, wallOf } from "./zones";

export function whenText(at: string, now: Date, reader: { zone: string; language: string }): string {
  const then = new Date(at);
  const isToday = dayOf(then, reader.zone) === dayOf(now, reader.zone);
  const isThisYear = wallOf(then, reader.zone).year === wallOf(now, reader.zone).year;
  const asked: Intl.DateTimeFormatOptions = { timeZone: reader.zone, hour: "2-digit", minute: "2-digit" };
  if (!isToday) Object.assign(asked, { day: "numeric", month: "short" });
  if (!isThisYear) asked.year = "numeric";
  return new Intl.DateTimeFormat(reader.language, asked).format(then);
}
