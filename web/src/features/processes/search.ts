/** Searching in a list that is here already. */
import type { Definition } from "@/lib/api";

/** Whether every word that was typed stands somewhere in what there is to read of the process. */
export function isMeant(one: Definition, typed: string): boolean {
  const text = `${one.name} ${one.process_id} ${one.description ?? ""} ${one.file}`.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
