/** Letting much that is stuck try again, one after the other. */
import { type Incident, newKey, part, type Progress, send } from "@/lib/api";

export interface Retried {
  goOn: number;
  stuck: number;
}

/** One that fails stops no other. */
export async function retryAll(incidents: readonly Pick<Incident, "id">[]): Promise<Retried> {
  const found: Retried = { goOn: 0, stuck: 0 };
  for (const { id } of incidents) {
    // One after the other: what holds them all may be overwhelmed by many at once.
    // oxlint-disable-next-line no-await-in-loop
    if (await retry(id)) found.goOn += 1;
    else found.stuck += 1;
  }
  return found;
}

async function retry(id: string): Promise<boolean> {
  const path = `/incidents/${part(id)}/retry`;
  try {
    const { incidents } = await send<Progress>("POST", path, {}, { key: newKey() });
    return !incidents?.some((one) => one.id === id);
  } catch {
    return false;
  }
}
