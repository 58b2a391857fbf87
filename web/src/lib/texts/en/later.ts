/** Performing a step later. */
const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;

export const later = {
  title: "Perform later",
  start: "Start",
  duration: "Duration",
  reminder: "Reminder",
  calendar: "Show in calendar",
  owner: "Owner",
  subject: "Subject",
  unchanged: "As it is",
  reschedule: "Reschedule",
  none: "No reminder",
  atStart: "At the start",
  before: (text: string) => `${text} before`,
  minutes: (count: number) => many(count, "minute", "minutes"),
  hours: (count: number) => many(count, "hour", "hours"),
  days: (count: number) => many(count, "day", "days"),
  startMissing: "Expected when it starts, but there is no date and time.",
  startPast: "Expected a start in the future, but this is past.",
  rescheduled: (title: string) => `“${title}” comes back at its start.`,
  inAnHour: "In an hour",
  tomorrow: "Tomorrow at 9",
  nextWeek: "In a week at 9",
  offered:
    "Nobody has taken this step: until it starts, it leaves the panel of everybody to whom it is offered.",
  offeredMany:
    "Steps that nobody has taken leave the panel of everybody to whom they are offered, until they start.",
};
