/** What was changed of a role, over what it is by now. */
import { changesOf } from "@/lib/conflicts";
import type { Filled } from "./RoleFields";

/** What to send: only what was changed, and rights with those that were seen, so that others' changes stay. */
export function changedOf(before: Filled, filled: Filled): Partial<Filled> & { seen?: Filled["rights"] } {
  const changed: Partial<Filled> = changesOf({ ...before }, { ...filled });
  return changed.rights ? { ...changed, seen: before.rights } : changed;
}

/** What others changed is taken in; what was filled in stays. */
export function rebased(before: Filled, filled: Filled, newer: Filled): Filled {
  const given = filled.rights.filter((one) => !before.rights.includes(one));
  const taken = before.rights.filter((one) => !filled.rights.includes(one));
  const rights = [...new Set([...newer.rights, ...given])].filter((one) => !taken.includes(one)).sort();
  return { ...newer, ...changesOf({ ...before }, { ...filled }), rights };
}
