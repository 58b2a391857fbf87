/** One command for many tasks, and what became of each. */
import { newKey, type Report, type Row, send } from "@/lib/api";

const MOST = 200; // that the server takes at once

export type Verb = "claim" | "release" | "reassign" | "postpone" | "complete";

/** Fails only as long as nothing was done; what fails behind that is told row by row, in these words. */
export async function forMany(
  verb: Verb,
  ids: readonly string[],
  body: object,
  wordsOf: (error: unknown) => string,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < ids.length; from += MOST) {
    const batch = ids.slice(from, from + MOST);
    try {
      // One batch after the other: what a batch did is told even when the next one fails.
      // oxlint-disable-next-line no-await-in-loop
      const found = await send<Report>(
        "POST",
        `/user-tasks/${verb}-many`,
        { ...body, ids: batch },
        { key: newKey() },
      );
      rows.push(...found.items);
    } catch (error) {
      if (rows.length === 0) throw error;
      const message = wordsOf(error);
      rows.push(...batch.map((id) => ({ id, is_done: false, message })));
    }
  }
  return rows;
}
