import { useQuery } from "@tanstack/react-query";
import type { Person, Role } from "@/lib/api";
import { everything } from "@/lib/everything";
import type { Membership } from "./tree";

export function useRoles() {
  return useQuery({ queryKey: ["roles"], queryFn: () => everything<Role>("/roles") });
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
  const people = await everything<Person>("/people", { role, is_active: true });
  return { role, people };
}
