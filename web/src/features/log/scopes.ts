/** Places in an instance that keep variables of their own. */
import type { InstanceDetails } from "@/lib/api";

/** The number in the id of an element instance or incident (`17-3`): the key of its scope; 0 is the whole run. */
export function scopeOf(id: string): number {
  return Number(id.slice(id.lastIndexOf("-") + 1)) || 0;
}

export interface Scope {
  key: number;
  element: string;
}

/** Elements inside which others are at work, or which are stuck: who repairs may have to look into them. */
export function scopesOf(instance: Pick<InstanceDetails, "waiting" | "open_incidents">): Scope[] {
  const active = instance.waiting ?? [];
  const around = new Set(active.map((one) => one.scope));
  const stuck = new Set((instance.open_incidents ?? []).map((one) => one.id));
  return active
    .filter((one) => around.has(one.id) || stuck.has(one.id))
    .map((one) => ({ key: scopeOf(one.id), element: one.element }));
}
