/** Letting much that is stuck try again, one after the other. */
import { type Incident, newKey, part, type Progress, Refused, send } from "@/lib/api";

export type Stuck = Pick<Incident, "id" | "message" | "process_id" | "process_name">;

export interface Retried {
  goOn: number;
  stuck: number;
  /** Those that were not tried, or of which nobody knows, because the server was lost; and what lost it. */
  left: readonly Stuck[];
  lost: Refused | null;
}

/** One that fails stops no other; without a server, or a session, none is tried any more. */
export async function retryAll(incidents: readonly Stuck[], reason: string): Promise<Retried> {
  const found = { goOn: 0, stuck: 0 };
  for (const [index, { id }] of incidents.entries()) {
    try {
      // One after the other: what holds them all may be overwhelmed by many at once.
      // oxlint-disable-next-line no-await-in-loop
      if (await retry(id, reason)) found.goOn += 1;
      else found.stuck += 1;
    } catch (error) {
      if (isLost(error)) return { ...found, left: incidents.slice(index), lost: error };
      found.stuck += 1;
    }
  }
  return { ...found, left: [], lost: null };
}

async function retry(id: string, reason: string): Promise<boolean> {
  const path = `/incidents/${part(id)}/retry`;
  const { incidents } = await send<Progress>("POST", path, { reason }, { key: newKey() });
  return !incidents?.some((one) => one.id === id);
}

const LOST = new Set([0, 401, 502, 503, 504]);
const isLost = (error: unknown): error is Refused => error instanceof Refused && LOST.has(error.status);

export interface Alike {
  /** What tells it from others in words: its process and what was found. */
  name: string;
  message: string;
  count: number;
}

/** What would be tried, the most frequent first: one line for all that is stuck for the same reason. */
export function alike(incidents: readonly Stuck[]): Alike[] {
  const found = new Map<string, Alike>();
  for (const { process_id: process, process_name: name, message } of incidents) {
    const key = JSON.stringify([process, message]);
    const before = found.get(key);
    found.set(key, { name: name || process, message, count: (before?.count ?? 0) + 1 });
  }
  return [...found.values()].toSorted((one, other) => other.count - one.count);
}
