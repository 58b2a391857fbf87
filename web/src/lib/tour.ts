/** Whether the tour is shown: once for each person in this browser, and whenever it is asked for. */
import type { Doing } from "./doings";
import { forget, keep, keepText, kept, keptText } from "./kept";
import { storeOf } from "./store";

/** The process of the demonstration that the tour goes through. */
export const LEADS_THROUGH = "welcome_customer";

export const tour = storeOf<boolean>(false);

const placeOf = (person: string): string => `stepwell.tour.${person}`;

const progressOf = (person: string): string => `stepwell.tour-at.${person}`;

/** It is due for who has not seen it, and goes on for who was in its middle. */
export const isTourDue = (person: string): boolean =>
  keptText(placeOf(person)) === null || tourProgress(person) !== null;

/** What the person has done of it so far; null when it has not begun. */
export function tourProgress(person: string): readonly Doing[] | null {
  return kept(progressOf(person), (found) => (Array.isArray(found) ? (found as Doing[]) : null));
}

export function keepTourProgress(person: string, done: readonly Doing[]): void {
  keep(progressOf(person), done);
}

export function endTour(person: string): void {
  keepText(placeOf(person), "seen");
  forget(progressOf(person));
  tour.set(false);
}
