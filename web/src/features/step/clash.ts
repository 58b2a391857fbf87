/** Somebody saved the record of a page before: what both meant, and what is sent when the person has chosen. */
import type { Refused } from "@/lib/api";
import { changesOf, type Conflict, conflictOf, without } from "@/lib/conflicts";
import type { Values } from "@/lib/values";
import { nameIn, namedIn } from "./recordNames";
import type { Sent } from "./sending";

export interface Clash extends Conflict {
  /** What was shown, and what was typed over it, under the names of the record. */
  before: Values;
  mine: Values;
  sent: Sent;
}

export function clashOf(error: Refused, sent: Sent, type: string): Clash | null {
  const found = conflictOf(error);
  if (!found) return null;
  const before = sent.over.values;
  const mine = namedIn(type, changesOf(before, sent.typed));
  return { ...found, before: namedIn(type, before), mine, sent };
}

/** What was typed unless theirs stays; a field that is as the page has it by now is not saved, so it stays, too. */
export function chosenIn(clash: Clash, type: string, newer: Values, theirs: readonly string[]): Sent {
  const { typed, over, button } = clash.sent;
  const names = Object.keys(typed);
  const mine = without(
    changesOf(over.values, typed),
    names.filter((name) => theirs.includes(nameIn(type, name))),
  );
  const values = Object.fromEntries(
    names.map((name) => [name, name in mine ? mine[name] : (newer[name] ?? null)]),
  );
  return { button, values, typed, over: { ...over, revision: clash.revision } };
}
