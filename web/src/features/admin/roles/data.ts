import { type QueryClient, useQuery } from "@tanstack/react-query";
import { type Person, type PersonPage, type Role, type RolePage } from "@/lib/api";
import { everything } from "@/lib/everything";
import type { Membership } from "./tree";

export function useRoles() {
  return useQuery({ queryKey: ["roles"], queryFn: () => everything<Role, RolePage>("/roles") });
}

/** The active people who are directly in each of these roles. */
export function useMembers(roles: readonly string[]) {
  return useQuery({
    queryKey: ["members", roles],
    queryFn: () => Promise.all(roles.map(membersOf)),
    placeholderData: (before) => (before?.[0]?.role === roles[0] ? before : undefined),
  });
}

async function membersOf(role: string): Promise<Membership> {
  const people = await everything<Person, PersonPage>("/people", { role, is_active: true });
  return { role, people };
}

export async function touchRoles(client: QueryClient): Promise<void> {
  await Promise.all(
    ["roles", "members", "people", "person"].map((name) => client.invalidateQueries({ queryKey: [name] })),
  );
}
