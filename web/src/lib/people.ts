/** People and roles, to hand something to. */
import { get, type PersonPage, type RolePage } from "@/lib/api";

export interface Receiver {
  kind: "person" | "role";
  name: string;
  label: string;
}

const MOST = 8;

export async function findPeople(search: string): Promise<Receiver[]> {
  const found = await get<PersonPage>("/people", { search, is_active: true, limit: MOST });
  return found.items.map((one) => ({ kind: "person", name: one.name, label: one.display_name || one.name }));
}

export async function findRoles(search: string): Promise<Receiver[]> {
  const found = await get<RolePage>("/roles", { search, limit: MOST });
  return found.items.map((one) => ({ kind: "role", name: one.name, label: one.label || one.name }));
}
