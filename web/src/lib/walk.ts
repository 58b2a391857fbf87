/** Arrow keys go through a list. */
import type { KeyboardEvent } from "react";

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** From one of the places that this names to the one above or below. */
export function walking(places: string): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => void walk(event, placesIn(event, places));
}

/** From the search through what is found, `data-way`, and back to it; Enter in the search takes the first. */
export function walkFound(event: KeyboardEvent<HTMLElement>): void {
  const ways = placesIn(event, "[data-way]");
  if (event.key === "Enter" && ways.indexOf(document.activeElement as HTMLElement) === 0) {
    event.preventDefault();
    ways[1]?.click();
  } else walk(event, ways);
}

function placesIn(event: KeyboardEvent<HTMLElement>, places: string): HTMLElement[] {
  return [...event.currentTarget.querySelectorAll<HTMLElement>(places)];
}

function walk(event: KeyboardEvent<HTMLElement>, places: readonly HTMLElement[]): void {
  const at = places.indexOf(document.activeElement as HTMLElement);
  const step = STEPS[event.key];
  if (step === undefined || at < 0) return;
  event.preventDefault();
  places[at + step]?.focus();
}
