import { get } from "@/lib/api";

const AT_ONCE = 200;

/** All pages of a list, one after the other: only for lists that stay short. */
export async function everything<Item>(
  path: string,
  query: Record<string, string | boolean> = {},
): Promise<Item[]> {
  const found: Item[] = [];
  let after: string | null = null;
  do {
    const asked = { ...query, limit: AT_ONCE, after };
    const page: { items: Item[]; after?: string | null } = await get(path, asked);
    found.push(...page.items);
    after = page.after ?? null;
  } while (after !== null);
  return found;
}
