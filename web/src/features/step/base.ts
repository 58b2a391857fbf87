/** A draft of a record's page tells over what it was typed, so that who goes on later does not undo what others saved. */
import { asValues, type Values } from "@/lib/values";

export interface Shown {
  values: Values;
  /** That of the record whose page it is; null: there is none yet. */
  revision: number | null;
}

const OVER = "_over";

/** What was typed, with what the page showed in these fields. */
export function withBase(typed: Values, { values, revision }: Shown): Values {
  if (revision === null || Object.keys(typed).length === 0) return typed;
  const shown = Object.fromEntries(Object.keys(typed).map((name) => [name, values[name] ?? null]));
  return { ...typed, [OVER]: { revision, values: shown } };
}

export function baseOf(draft: Values | null): { values: Values; revision: number } | null {
  const found = asValues(draft?.[OVER]);
  const revision = found?.["revision"];
  const values = asValues(found?.["values"]);
  return values && typeof revision === "number" ? { values, revision } : null;
}

export function withoutBase({ [OVER]: _over, ...typed }: Values): Values {
  return typed;
}
