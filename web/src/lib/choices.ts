/** What can be chosen in a lookup: records of a type, entries of a lookup, people and roles. */
import { queryOptions, useQueries, useQueryClient } from "@tanstack/react-query";
import { get, part, type RecordPage, type Record as Kept } from "@/lib/api";
import { findPeople, findRoles, type Found, type Receiver } from "@/lib/people";

export interface Choice {
  /** What the page keeps: the code of a lookup's entry, the number of a record, the name of a person or role. */
  id: string;
  label: string;
}

const MOST = 50;

/** `filter` is JSON, and `sort` a field; without it the newest come first. */
export async function choicesOf(
  type: string,
  words: string,
  filter: string,
  sort = "",
): Promise<Found<Choice>> {
  if (type === "User") return asChoices(await findPeople(words, MOST));
  if (type === "Role") return asChoices(await findRoles(words, MOST));
  const asked = { search: words, sort, limit: MOST, filter: filter === "null" ? null : filter };
  const { items, after } = await get<RecordPage>(`/records/${part(type)}`, asked);
  return { items: items.map(choiceOf), hasMore: Boolean(after) };
}

const asChoices = ({ items, hasMore }: Found<Receiver>): Found<Choice> => ({
  items: items.map(named),
  hasMore,
});

interface Choices {
  /** How it is called; undefined while that is not known, or not told to the person. */
  labelOf: (id: string) => string | undefined;
  /** This one was found just now. */
  remember: (one: Choice) => void;
}

/** One of them, by what the page keeps. */
export const choiceQuery = (type: string, id: string) =>
  queryOptions({
    queryKey: ["choice", type, id],
    queryFn: () => oneOf(type, id),
    enabled: type !== "",
    staleTime: ({ state }) => (state.data ? Infinity : 0),
  });

/** How what is chosen is called. */
export function useChoices(type: string, ids: readonly string[]): Choices {
  const client = useQueryClient();
  const found = useQueries({ queries: ids.map((id) => choiceQuery(type, id)) });
  return {
    labelOf: (id) => found[ids.indexOf(id)]?.data?.label,
    remember: (one) => client.setQueryData(choiceQuery(type, one.id).queryKey, one),
  };
}

async function oneOf(type: string, id: string): Promise<Choice | null> {
  if (type === "User")
    return named(await get<{ name: string; display_name: string }>(`/people/${part(id)}`).then(asReceiver));
  if (type === "Role")
    return named(await get<{ name: string; label: string }>(`/roles/${part(id)}`).then(asReceiver));
  const number = id.startsWith(`${type}/`) ? id.slice(type.length + 1) : id;
  if (/^\d+$/.test(number)) return { id, label: (await get<Kept>(`/records/${part(type)}/${number}`)).title };
  const filter = JSON.stringify({ field: "code", op: "=", value: id });
  const [found] = (await get<RecordPage>(`/records/${part(type)}`, { filter, limit: 1 })).items;
  return found ? { id, label: found.title } : null;
}

function asReceiver(found: { name: string; display_name?: string; label?: string }): Receiver {
  return { kind: "person", name: found.name, label: found.display_name || found.label || found.name };
}

const named = (one: Receiver): Choice => ({ id: one.name, label: one.label });

/** As what a record is chosen in a field. */
export function choiceOf(record: Kept): Choice {
  const code = record.values["code"];
  const isLookup = typeof code === "string" && "label" in record.values;
  return { id: isLookup ? code : record.id.slice(record.id.lastIndexOf("/") + 1), label: record.title };
}
