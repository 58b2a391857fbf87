import { type QueryClient, useQuery } from "@tanstack/react-query";
import { get, type Person, type PersonPage, type Role, type RolePage } from "@/lib/api";
import type { Membership } from "./tree";

const AT_ONCE = 200;

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

async function everything<Item, Page extends { items: Item[]; after?: string | null }>(
  path: string,
  query: Record<string, string | boolean> = {},
): Promise<Item[]> {
  const found: Item[] = [];
  let after: string | null = null;
  do {
    const page: Page = await get<Page>(path, { ...query, limit: AT_ONCE, after });
    found.push(...page.items);
    after = page.after ?? null;
  } while (after !== null);
  return found;
}

export async function touchRoles(client: QueryClient): Promise<void> {
  await Promise.all(
    ["roles", "members", "people", "person"].map((name) => client.invalidateQueries({ queryKey: [name] })),
  );
}
