/** After people or roles were changed: wherever they stand they are called anew. */
import type { QueryClient } from "@tanstack/react-query";

const NAMED = ["roles", "role", "members", "people", "person", "choice", "found"];

export async function touchNames(client: QueryClient): Promise<void> {
  await Promise.all(NAMED.map((name) => client.invalidateQueries({ queryKey: [name] })));
}
