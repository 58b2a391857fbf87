/** What is filled in and not saved yet: kept in this browser, so that it outlives a reload. */
import { useEffect } from "react";
import { forget, keepText, kept } from "./kept";
import { asValues, type Values } from "./values";

export interface KeptInput {
  values: Values;
  /** What it was filled in over: somebody may have saved since. */
  base: Values;
  revision: number;
}

export const keptInput = (name: string): KeptInput | null => kept(name, asInput);

/** Keep it as it changes; null: there is nothing to be kept. */
export function useKeepInput(name: string, input: KeptInput | null): void {
  const text = input && JSON.stringify(input);
  useEffect(() => {
    if (text) keepText(name, text);
    else forget(name);
  }, [name, text]);
}

export function asInput(found: unknown): KeptInput | null {
  const all = asValues(found);
  const values = asValues(all?.["values"]);
  const base = asValues(all?.["base"]);
  const revision = all?.["revision"];
  return values && base && typeof revision === "number" ? { values, base, revision } : null;
}
