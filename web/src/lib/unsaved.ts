/** What somebody has typed on a step and the server does not have yet: kept in this browser, whatever becomes of the tab. */

type Values = Record<string, unknown>;

export interface Unsaved {
  values: Values;
  /** The time of the draft over which it was typed, as the server told it; null for none. */
  over: string | null;
}

const placeOf = (person: string, step: string): string => `stepwell.unsaved.${person}.${step}`;

/** A browser without room keeps nothing; the server does, a moment later. */
export function keepUnsaved(person: string, step: string, unsaved: Unsaved): void {
  try {
    localStorage.setItem(placeOf(person, step), JSON.stringify(unsaved));
  } catch {
    forgetUnsaved(person, step);
  }
}

export function forgetUnsaved(person: string, step: string): void {
  localStorage.removeItem(placeOf(person, step));
}

/** What is kept here, unless another draft reached the server since: that one is newer. */
export function findUnsaved(person: string, step: string, draftAt: string | null): Values | null {
  const found = read(localStorage.getItem(placeOf(person, step)));
  return found && found.over === draftAt ? found.values : null;
}

function read(text: string | null): Unsaved | null {
  try {
    const found = JSON.parse(text ?? "null") as Partial<Unsaved> | null;
    const isKept = typeof found?.values === "object" && found.values !== null;
    return isKept ? { values: found.values as Values, over: found.over ?? null } : null;
  } catch {
    return null;
  }
}
