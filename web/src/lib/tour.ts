/** Whether the tour is shown: once for each person in this browser, and whenever it is asked for. */
import { keepText, keptText } from "./kept";
import { storeOf } from "./store";

export const tour = storeOf<boolean>(false);

const placeOf = (person: string): string => `stepwell.tour.${person}`;

export const isTourDue = (person: string): boolean => keptText(placeOf(person)) === null;

export function endTour(person: string): void {
  keepText(placeOf(person), "seen");
  tour.set(false);
}
