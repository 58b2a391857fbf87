/** What can be chosen in a lookup: records of a type, entries of a lookup, people and roles. */
import { get, part, type RecordPage, type Record as Kept } from "@/lib/api";
import { findPeople, findRoles, type Receiver } from "@/lib/people";

export interface Choice {
  /** What the page keeps: the code of a lookup's entry, the number of a record, the name of a person or role. */
  id: string;
  label: string;
}

const MOST = 50;

export interface Choices {
  items: Choice[];
  /** There are others, which a longer search finds. */
  hasMore: boolean;
}

/** `filter` is JSON, and `sort` a field; without it the newest come first. */
export async function choicesOf(type: string, search: string, filter: string, sort = ""): Promise<Choices> {
  if (type === "User") return foundIn(await findPeople(search, MOST), named);
  if (type === "Role") return foundIn(await findRoles(search, MOST), named);
  const asked = { search, sort, limit: MOST, filter: filter === "null" ? null : filter };
  return foundIn(await get<RecordPage>(`/records/${part(type)}`, asked), choiceOf);
}

interface Found<Item> {
  items: Item[];
  after?: string | null | undefined;
}

function foundIn<Item>({ items, after }: Found<Item>, choice: (item: Item) => Choice): Choices {
  return { items: items.map(choice), hasMore: Boolean(after) };
}

/** How these are called; what is not found, or not shown to the person, is left out. */
export async function choicesNamed(type: string, ids: readonly string[]): Promise<Choice[]> {
  const found = await Promise.all(ids.map((id) => oneOf(type, id).catch(() => null)));
  return found.filter((one) => one !== null);
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
