import type { Texts } from "..";

const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;

export const later: Texts["later"] = {
  title: "Später erledigen",
  start: "Beginn",
  duration: "Dauer",
  reminder: "Erinnerung",
  calendar: "Im Kalender zeigen",
  owner: "Zuständig",
  subject: "Betreff",
  unchanged: "Wie bisher",
  reschedule: "Verschieben",
  none: "Keine Erinnerung",
  atStart: "Zum Beginn",
  before: (text) => `${text} vorher`,
  minutes: (count) => many(count, "Minute", "Minuten"),
  hours: (count) => many(count, "Stunde", "Stunden"),
  days: (count) => many(count, "Tag", "Tage"),
  startMissing: "Erwartet wird, wann es beginnt, aber Tag und Zeit fehlen.",
  startPast: "Erwartet wird ein Beginn in der Zukunft, aber dieser ist vorbei.",
  rescheduled: (title) => `„${title}“ kommt zu seinem Beginn zurück.`,
  inAnHour: "In einer Stunde",
  tomorrow: "Morgen um 9",
  nextWeek: "In einer Woche um 9",
  offered:
    "Diesen Schritt hat niemand übernommen: Bis er beginnt, verschwindet er bei allen, denen er angeboten ist.",
  offeredMany:
    "Schritte, die niemand übernommen hat, verschwinden bei allen, denen sie angeboten sind, bis sie beginnen.",
};
