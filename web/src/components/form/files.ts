/** Files chosen on a page: uploaded before the page is sent, and replaced in its values by the ids of what they became. */
import { type Attachment, part, upload } from "@/lib/api";
import type { Filling, Values } from "./filling";

/** What the viewer writes in place of files that were chosen. */
const PLACEHOLDER = "files::";

export async function withFiles(stepId: string, values: Values, filling: Filling | null): Promise<Values> {
  const ids = new Map<string, string[]>();
  for (const [key, files] of filling?.files?.() ?? []) {
    const made = await Promise.all(
      files.map((file) => upload<Attachment>(`/user-tasks/${part(stepId)}/attachments`, file)),
    );
    ids.set(
      key,
      made.map((one) => one.id),
    );
  }
  return replaced(values, ids) as Values;
}

/** Each placeholder by the ids of its files; one of files that are not known any more by none. */
export function replaced(value: unknown, ids: ReadonlyMap<string, string[]>): unknown {
  if (typeof value === "string" && value.startsWith(PLACEHOLDER)) return ids.get(value) ?? [];
  if (Array.isArray(value)) return value.map((one) => replaced(one, ids));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, ids)]));
}
