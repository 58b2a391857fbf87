/** The history of an instance, in sentences. */
import type { HistoriesHistoryEntry as Entry, HistoryEvent } from "@/lib/api";
import type { Called } from "@/components/names";
import type { Texts } from "@/lib/texts";

export interface Told {
  key: string;
  at: string;
  text: string;
  reason: string;
  isBad: boolean;
}

export interface Teller {
  words: Texts["log"]["history"];
  nameOf: (element: string) => string;
  when: (at: string) => string;
  called: Called;
  /** How a type of records is called. */
  typeOf: (recordType: string) => string;
}

type Say = (event: HistoryEvent, entry: Entry, teller: Teller, known: Titles) => string;

/** The titles of steps by their id: events after the first one do not repeat them. */
type Titles = Map<string, string>;

const BAD = new Set(["IncidentRaised", "JobPutOff"]);

/** What was done, command by command; what only the machine is interested in is left out. */
export function toldOf(entries: readonly Entry[], teller: Teller): Told[] {
  const titles: Titles = new Map();
  return entries.flatMap((entry) => linesOf(entry, teller, titles));
}

function linesOf(entry: Entry, teller: Teller, titles: Titles): Told[] {
  const lines: Told[] = [];
  const add = (text: string, isBad = false): void => {
    if (text === "") return;
    const key = `${entry.revision}/${lines.length}`;
    const reason = lines.length === 0 ? entry.reason : "";
    lines.push({ key, at: entry.at, text, reason, isBad });
  };
  const passed: string[] = [];
  const tellPassed = (): void => {
    const names = passed.splice(0);
    if (names.length > 0) add(teller.words.passed(names.map((name) => `“${name}”`).join(", ")));
  };
  for (const event of entry.events) {
    if (event.type === "UserTaskCreated" && event.id) titles.set(event.id, textOf(event.details?.["title"]));
    if (event.type === "ElementPassed") {
      const name = teller.nameOf(event.element ?? "");
      if (name !== "") passed.push(name);
      continue;
    }
    const text = SAYS[event.type]?.(event, entry, teller, titles) ?? "";
    if (text !== "") tellPassed();
    add(text, BAD.has(event.type));
  }
  tellPassed();
  return lines;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const byOf = (entry: Entry, { words, called }: Teller): string => called.person(entry.actor) || words.system;
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** The people and roles of whom it is told, by their names. */
export function whoIn(entries: readonly Entry[]): { people: string[]; roles: string[] } {
  const all = entries.flatMap((entry) => entry.events.map((event) => event.details ?? {}));
  const people = all.flatMap((one) => [one["assignee"], one["by"], ...textsOf(one["candidate_users"])]);
  return {
    people: [...entries.map((entry) => entry.actor), ...people.map(textOf)].filter(Boolean),
    roles: all.flatMap((one) => textsOf(one["candidate_roles"])),
  };
}

function titleOf(event: HistoryEvent, teller: Teller, titles: Titles): string {
  return titles.get(event.id ?? "") || teller.nameOf(event.element ?? "") || (event.element ?? "");
}

function elementOf(event: HistoryEvent, teller: Teller): string {
  return teller.nameOf(event.element ?? "") || (event.element ?? "");
}

function whomOf({ details = {} }: HistoryEvent, { words, called }: Teller): string {
  const people = textsOf(details["candidate_users"]).map(called.person);
  const offered = [...people, ...textsOf(details["candidate_roles"]).map(called.role)];
  return called.person(textOf(details["assignee"])) || offered.join(", ") || words.everybody;
}

const SAYS: Record<string, Say> = {
  InstanceStarted: (_, entry, { words, called }) =>
    entry.actor ? words.started(called.person(entry.actor)) : words.startedBySystem,
  InstanceEnded: (event, entry, teller) =>
    event.details?.["status"] === "cancelled" && entry.command === "CancelInstance"
      ? teller.words.cancelled(byOf(entry, teller))
      : teller.words.ended,
  UserTaskCreated: (event, _, teller, titles) =>
    teller.words.stepCreated(titleOf(event, teller, titles), whomOf(event, teller)),
  UserTaskOpened: (event, entry, teller, titles) =>
    teller.words.stepOpened(titleOf(event, teller, titles), byOf(entry, teller)),
  UserTaskAssigned: (event, entry, teller, titles) => {
    const whom = teller.called.person(textOf(event.details?.["assignee"]));
    const title = titleOf(event, teller, titles);
    return whom ? teller.words.stepTaken(title, whom) : teller.words.stepReleased(title, byOf(entry, teller));
  },
  UserTaskReassigned: (event, entry, teller, titles) =>
    teller.words.stepReassigned(titleOf(event, teller, titles), byOf(entry, teller), whomOf(event, teller)),
  UserTaskPostponed: (event, entry, teller, titles) => {
    const start = textOf(event.details?.["start_at"]);
    if (start === "") return "";
    return teller.words.stepPostponed(
      titleOf(event, teller, titles),
      byOf(entry, teller),
      teller.when(start),
    );
  },
  UserTaskCompleted: (event, entry, teller, titles) =>
    teller.words.stepDone(
      titleOf(event, teller, titles),
      teller.called.person(textOf(event.details?.["by"])) || byOf(entry, teller),
    ),
  UserTaskReminded: (event, _, teller, titles) => teller.words.stepReminded(titleOf(event, teller, titles)),
  UserTaskOverdue: (event, _, teller, titles) => teller.words.stepOverdue(titleOf(event, teller, titles)),
  ElementTerminated: (event, _, teller, titles) =>
    titles.has(event.id ?? "") ? teller.words.stepEnded(titleOf(event, teller, titles)) : "",
  EventCaught: (event, _, teller) => teller.words.caught(elementOf(event, teller)),
  ProcessCalled: (event, _, { words }) => words.called(textOf(event.details?.["process_id"])),
  MessageThrown: (event, _, { words }) => words.thrown(textOf(event.details?.["name"])),
  SignalThrown: (event, _, { words }) => words.thrown(textOf(event.details?.["name"])),
  JobPutOff: (event, _, teller) => {
    const error = textOf(event.details?.["error"]);
    return error && teller.words.jobFailed(elementOf(event, teller), error);
  },
  IncidentRaised: (event, _, teller) =>
    teller.words.stuck(elementOf(event, teller), textOf(event.details?.["message"])),
  IncidentResolved: (_, entry, teller) =>
    entry.command === "RetryIncident" ? teller.words.retried(byOf(entry, teller)) : "",
  VariablesSet: (event, entry, teller) => {
    const names = Object.keys((event.details?.["values"] as object | undefined) ?? {});
    if (entry.command !== "SetVariables" || names.length === 0) return "";
    return teller.words.variablesSet(byOf(entry, teller), names.join(", "));
  },
  RecordsTouched: (event, _, { words, typeOf }) => {
    const { count, record_type: type } = event.details ?? {};
    return typeof count === "number" ? words.records(count, typeOf(textOf(type))) : "";
  },
};
