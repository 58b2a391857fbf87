/** What a list shows, as its address says it: a view, and what differs from it. */
import type { FieldView, RecordTypeView, SavedView } from "@/lib/api";

export interface ListSearch {
  view?: string | undefined;
  q?: string | undefined;
  sort?: string | undefined;
  filter?: string | undefined;
  columns?: string | undefined;
}

export interface ListState {
  search: string;
  sort: string;
  filter: unknown;
  columns: readonly string[];
}

const NAMES = ["view", "q", "sort", "filter", "columns"] as const;
const SHOWN = 5;
const LONG = new Set(["long_text", "links", "file"]);

export function listSearch(given: Record<string, unknown>): ListSearch {
  return Object.fromEntries(
    NAMES.flatMap((name) => (typeof given[name] === "string" ? [[name, given[name]]] : [])),
  );
}

export function stateOf(search: ListSearch, view: SavedView | undefined, type: RecordTypeView): ListState {
  const kept = view?.content ?? {};
  const columns = search.columns?.split(",") ?? kept.columns ?? [];
  const known = columns.filter((name) => type.fields.some((field) => field.name === name));
  return {
    search: search.q ?? kept.search ?? "",
    sort: search.sort ?? kept.sort?.[0] ?? "",
    filter: search.filter === undefined ? (kept.filter ?? null) : parsed(search.filter),
    columns: known.length > 0 ? known : firstColumns(type),
  };
}

/** The title first, then what is short enough for a column. */
export function firstColumns(type: RecordTypeView): string[] {
  const shown = type.fields.filter((field) => !field.is_system && !LONG.has(field.kind));
  const names = shown.map((field) => field.name).filter((name) => name !== type.title);
  return [type.title, ...names].filter(Boolean).slice(0, SHOWN);
}

export function columnsOf(state: ListState, type: RecordTypeView): FieldView[] {
  return state.columns.flatMap((name) => type.fields.find((field) => field.name === name) ?? []);
}

/** As the API is asked for it. */
export function askedOf(state: ListState): { search: string; sort: string; filter: string | null } {
  return {
    search: state.search.trim(),
    sort: state.sort,
    filter: state.filter ? JSON.stringify(state.filter) : null,
  };
}

/** As a view keeps it. */
export function contentOf(state: ListState): Record<string, unknown> {
  return {
    columns: state.columns,
    filter: state.filter,
    sort: state.sort ? [state.sort] : [],
    search: state.search.trim(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
