/** People and roles, to hand something to. */
import { get, type PersonPage, type RolePage } from "@/lib/api";

export interface Receiver {
  kind: "person" | "role";
  name: string;
  label: string;
}

export interface Receivers {
  items: Receiver[];
  /** Where those begin that are left out; nothing when these are all. */
  after: string | null | undefined;
}

export async function findPeople(search: string, limit: number): Promise<Receivers> {
  const { items, after } = await get<PersonPage>("/people", { search, is_active: true, limit });
  const people = items.map((one) => ({ name: one.name, label: one.display_name || one.name }));
  return { items: people.map((one) => ({ kind: "person", ...one })), after };
}

export async function findRoles(search: string, limit: number): Promise<Receivers> {
  const { items, after } = await get<RolePage>("/roles", { search, limit });
  const roles = items.map((one) => ({ name: one.name, label: one.label || one.name }));
  return { items: roles.map((one) => ({ kind: "role", ...one })), after };
}
