/** People and roles, to hand something to. */
import { get, type PersonPage, type RolePage } from "@/lib/api";

export interface Receiver {
  kind: "person" | "role";
  name: string;
  label: string;
}

/** What a search found; `hasMore`: there are others, which a longer search finds. */
export interface Found<One> {
  items: readonly One[];
  hasMore: boolean;
}

export async function findPeople(search: string, limit: number): Promise<Found<Receiver>> {
  const { items, after } = await get<PersonPage>("/people", { search, is_active: true, limit });
  const people = items.map((one) => ({ name: one.name, label: one.display_name || one.name }));
  return { items: people.map((one) => ({ kind: "person", ...one })), hasMore: Boolean(after) };
}

export async function findRoles(search: string, limit: number): Promise<Found<Receiver>> {
  const { items, after } = await get<RolePage>("/roles", { search, limit });
  const roles = items.map((one) => ({ name: one.name, label: one.label || one.name }));
  return { items: roles.map((one) => ({ kind: "role", ...one })), hasMore: Boolean(after) };
}
