/** What comments and files belong to. */
import { part } from "@/lib/api";

/** `id` of a record is its number, without its type. */
export type Owner = { kind: "step"; id: string } | { kind: "record"; type: string; id: string };

export function filesOf(owner: Owner): string {
  if (owner.kind === "step") return `/user-tasks/${part(owner.id)}/attachments`;
  return `/records/${part(owner.type)}/${part(owner.id)}/attachments`;
}

export function keyOf(owner: Owner): string {
  return owner.kind === "step" ? `step/${owner.id}` : `${owner.type}/${owner.id}`;
}
