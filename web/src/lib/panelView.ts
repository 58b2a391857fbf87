/** How the list of tasks is looked at: what of it, in which order, in which groups. */
import type { SavedView, ViewContent } from "@/lib/api";
import { keep, kept } from "@/lib/kept";
import { storeOf, type Store } from "@/lib/store";
import { asValues } from "@/lib/values";

export const SUBJECT = "tasks";
export const SORTS = ["due", "created", "priority", "process"] as const;
export const GROUPS = ["due", "process", "role", "none"] as const;
export const QUICK = ["all", "overdue", "today", "taken"] as const;

export type Sort = (typeof SORTS)[number];
export type Grouping = (typeof GROUPS)[number];
export type Quick = (typeof QUICK)[number];

export interface View {
  search: string;
  sort: Sort;
  group: Grouping;
  quick: Quick;
  /** The id and the name of the only process that is shown. */
  process: { id: string; name: string } | null;
  role: string;
  withFuture: boolean;
}

/** A view as it is now, and the saved filter that it came from. */
export interface Looking {
  view: View;
  saved: { id: string; label: string } | null;
}

export const FIRST: View = {
  search: "",
  sort: "due",
  group: "due",
  quick: "all",
  process: null,
  role: "",
  withFuture: false,
};

/** Days are in the order of the due time only; another order leaves them. */
export function changed(view: View, part: Partial<View>): View {
  const next = { ...view, ...part };
  if (part.group === "due") return { ...next, sort: "due" };
  if (part.sort !== undefined && part.sort !== "due" && next.group === "due")
    return { ...next, group: "none" };
  return next;
}

export function isNarrowed(view: View): boolean {
  return view.search !== "" || view.quick !== "all" || view.process !== null || view.role !== "";
}

export function contentOf(view: View): ViewContent {
  const { search, ...more } = view;
  return { search, more };
}

/** What is not known, from an older app or another hand, is as at first. */
export function viewOf(content: ViewContent): View {
  const more = content.more ?? {};
  const process = more["process"] as Partial<{ id: unknown; name: unknown }> | null | undefined;
  return {
    search: content.search ?? "",
    sort: oneOf(SORTS, more["sort"]),
    group: oneOf(GROUPS, more["group"]),
    quick: oneOf(QUICK, more["quick"]),
    process: typeof process?.id === "string" ? { id: process.id, name: String(process.name ?? "") } : null,
    role: typeof more["role"] === "string" ? more["role"] : "",
    withFuture: more["withFuture"] === true,
  };
}

export function lookingAt(saved: SavedView): Looking {
  return { view: viewOf(saved.content), saved: { id: saved.id, label: saved.label } };
}

const stores = new Map<string, Store<Looking>>();

/** How this person looks at the tasks in this browser; it stays when the app is opened again. */
export function lookingOf(person: string): Store<Looking> {
  const name = `stepwell.tasks.${person}`;
  let found = stores.get(name);
  if (!found) {
    const store = storeOf(kept(name, asLooking) ?? { view: FIRST, saved: null });
    store.subscribe(() => keep(name, store.get()));
    stores.set(name, store);
    found = store;
  }
  return found;
}

/** Words searched for are not kept, but for those of a saved filter: who comes back would miss tasks. */
export function asLooking(found: unknown): Looking | null {
  const looking = asValues(found);
  const { search, ...more } = asValues(looking?.["view"]) ?? {};
  const from = asValues(looking?.["saved"]);
  if (typeof from?.["id"] !== "string") return looking && { view: viewOf({ more }), saved: null };
  const saved = { id: from["id"], label: String(from["label"] ?? "") };
  return { view: viewOf({ search: typeof search === "string" ? search : "", more }), saved };
}

function oneOf<Name extends string>(names: readonly [Name, ...Name[]], given: unknown): Name {
  return names.find((name) => name === given) ?? names[0];
}
