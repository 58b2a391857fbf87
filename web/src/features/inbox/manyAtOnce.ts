/** One command for many tasks, and what became of each. */
import { newKey, type Report, type Row, send } from "@/lib/api";

const MOST = 200; // that the server takes at once

export type Verb = "claim" | "release" | "reassign" | "postpone" | "complete";

export async function forMany(
  verb: Verb,
  ids: readonly string[],
  body: object = {},
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < ids.length; from += MOST) {
    const given = { ...body, ids: ids.slice(from, from + MOST) };
    // One batch after the other: what a batch did is told even when the next one fails.
    // oxlint-disable-next-line no-await-in-loop
    const found = await send<Report>("POST", `/user-tasks/${verb}-many`, given, { key: newKey() });
    rows.push(...found.items);
  }
  return rows;
}
