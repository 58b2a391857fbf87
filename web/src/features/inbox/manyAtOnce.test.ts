import { expect, test, vi } from "vitest";
import { forMany } from "./manyAtOnce";

const ids = Array.from({ length: 450 }, (_, index) => `t${index}`);

/** A server that does a batch of tasks, and refuses those whose number is named here. */
function serve(...refused: readonly number[]): void {
  let batch = 0;
  vi.stubGlobal("fetch", (_: string, asked: RequestInit) => {
    batch += 1;
    if (refused.includes(batch))
      return Promise.resolve(new Response(JSON.stringify({ detail: "No." }), { status: 503 }));
    const given = JSON.parse(String(asked.body as string)) as { ids: string[] };
    const items = given.ids.map((id) => ({ id, is_done: true }));
    return Promise.resolve(new Response(JSON.stringify({ items }), { status: 200 }));
  });
}

const words = (error: unknown): string => (error as Error).message;

test("what a batch did is told, also when the next one fails", async () => {
  serve(2);
  const rows = await forMany("claim", ids, {}, words);
  expect(rows.map((row) => row.id)).toEqual(ids);
  expect(rows.filter((row) => !row.is_done).map((row) => row.id)).toEqual(ids.slice(200, 400));
  expect(rows[200]?.message).toBe("No.");
});

test("as long as nothing was done, the whole command fails", async () => {
  serve(1);
  await expect(forMany("claim", ids, {}, words)).rejects.toThrow("No.");
});
