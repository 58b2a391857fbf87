/** Whether the tour is shown: once for each person in this browser, and whenever it is asked for. */
import { storeOf } from "@/lib/store";

export const tour = storeOf<boolean>(false);

const placeOf = (person: string): string => `stepwell.tour.${person}`;

export const isTourDue = (person: string): boolean => localStorage.getItem(placeOf(person)) === null;

export function endTour(person: string): void {
  localStorage.setItem(placeOf(person), "seen");
  tour.set(false);
}
