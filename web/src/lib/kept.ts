/** What this browser keeps for a person: another hand, a full disk or the browser's settings may have a say in it. */

/** The text under this name; null when there is none, or none can be had. */
export function keptText(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Where there is no room, nothing is kept: what was there before is not what should be. */
export function keepText(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    forget(name);
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // nothing is kept here
  }
}

/** What is kept under this name, as what it should be; null when it is something else. */
export function kept<Value>(name: string, as: (found: unknown) => Value | null): Value | null {
  try {
    return as(JSON.parse(keptText(name) ?? "null"));
  } catch {
    return null;
  }
}

export function keep(name: string, value: unknown): void {
  keepText(name, JSON.stringify(value));
}

export const asSwitch = (found: unknown): boolean | null => (typeof found === "boolean" ? found : null);
