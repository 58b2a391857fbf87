/** What somebody has typed on a step and the server does not have yet: kept in this browser, whatever becomes of the tab. */
import { forget, keep, kept } from "./kept";
import { asValues, type Values } from "./values";

export interface Unsaved {
  values: Values;
  /** The time of the draft over which it was typed, as the server told it; null for none. */
  over: string | null;
  /** What was sent before, and nobody knows whether it arrived. */
  sent: readonly Values[];
}

const placeOf = (person: string, step: string): string => `stepwell.unsaved.${person}.${step}`;

export function keepUnsaved(person: string, step: string, unsaved: Unsaved): void {
  keep(placeOf(person, step), unsaved);
}

export function forgetUnsaved(person: string, step: string): void {
  forget(placeOf(person, step));
}

/** What is kept here, unless the server has a draft that is newer: one that was not sent from here before this was typed. */
export function findUnsaved(
  person: string,
  step: string,
  draft: { at: string; values: Values } | null,
): Values | null {
  const found = kept(placeOf(person, step), asValues);
  const isOver = (found?.["over"] ?? null) === (draft?.at ?? null);
  const sent = Array.isArray(found?.["sent"]) ? found["sent"].map((one) => JSON.stringify(one)) : [];
  return isOver || sent.includes(JSON.stringify(draft?.values)) ? asValues(found?.["values"]) : null;
}
