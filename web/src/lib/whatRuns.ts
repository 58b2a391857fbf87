/** What of an instance the machine is at, as the author called it. */
import { get, getText, type InstanceDetails, part } from "@/lib/api";

const FOR_PEOPLE = "user task";
const FOR_MACHINES = new Set(["job", "continuation", "call"]);

/** The first element at which the machine is; null when there is none, or it can not be told. */
export async function whatRuns(instanceId: string): Promise<string | null> {
  const found = await get<InstanceDetails>(`/instances/${part(instanceId)}`);
  const element = atWork(found);
  if (element === null) return null;
  return nameOf(element, await getText(`/instances/${part(instanceId)}/diagram`));
}

export function atWork(instance: Pick<InstanceDetails, "waiting">): string | null {
  const found = (instance.waiting ?? []).find(({ waits_for: waits = [] }) => {
    const isForPeople = waits.some((wait) => wait.kind === FOR_PEOPLE); // whose reminder is a job, too
    return !isForPeople && waits.some((wait) => FOR_MACHINES.has(wait.kind));
  });
  return found?.element ?? null;
}

/** The name of an element of a diagram; null when the author gave none. */
export function nameOf(element: string, xml: string): string | null {
  const read = new DOMParser().parseFromString(xml, "application/xml");
  return read.querySelector(`[id="${CSS.escape(element)}"]`)?.getAttribute("name") || null;
}
