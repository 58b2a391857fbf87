import { get } from "@/lib/api";

const AT_ONCE = 200; // as many as the API gives

/** A whole list, page after page: for lists that people keep, which are short. */
export async function everything<Item, Page extends { items: Item[]; after?: string | null }>(
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
