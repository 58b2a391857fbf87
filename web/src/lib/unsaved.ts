/** What somebody has typed on a step and the server does not have yet: kept in this browser, whatever becomes of the tab. */
import { forget, keep, kept } from "./kept";
import { asValues, type Values } from "./values";

export interface Unsaved {
  values: Values;
  /** The time of the draft over which it was typed, as the server told it; null for none. */
  over: string | null;
}

const placeOf = (person: string, step: string): string => `stepwell.unsaved.${person}.${step}`;

export function keepUnsaved(person: string, step: string, unsaved: Unsaved): void {
  keep(placeOf(person, step), unsaved);
}

export function forgetUnsaved(person: string, step: string): void {
  forget(placeOf(person, step));
}

/** What is kept here, unless another draft reached the server since: that one is newer. */
export function findUnsaved(person: string, step: string, draftAt: string | null): Values | null {
  const found = kept(placeOf(person, step), asValues);
  return (found?.["over"] ?? null) === draftAt ? asValues(found?.["values"]) : null;
}
