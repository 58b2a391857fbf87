/** Favourites, what was started lately, and the rest: each process stands in one of them. */
import type { Process } from "@/lib/api";
import { startedLately } from "@/lib/processes";

export type GroupName = "favourites" | "recent" | "all";

const MOST_RECENT = 5;

export function groupsOf(items: readonly Process[]): { name: GroupName; processes: Process[] }[] {
  const favourites = items.filter((one) => one.is_favourite);
  const recent = startedLately(items.filter((one) => !one.is_favourite)).slice(0, MOST_RECENT);
  const all = items.filter((one) => !one.is_favourite && !recent.includes(one));
  return (
    [
      { name: "favourites", processes: favourites },
      { name: "recent", processes: recent },
      { name: "all", processes: all },
    ] as const
  ).filter((group) => group.processes.length > 0);
}

/** Whether every word that was typed stands in the name. */
export function isMeant(process: Process, typed: string): boolean {
  const text = process.name.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
