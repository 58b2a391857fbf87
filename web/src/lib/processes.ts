/** What the person may run. */
import { useQuery } from "@tanstack/react-query";
import { get, type Process, type Processes } from "@/lib/api";

const MOST = 200;

/** As Run process takes it. */
export function useProcesses(enabled = true) {
  return useQuery({
    enabled,
    queryKey: ["processes"],
    queryFn: async () => (await get<Processes>("/me/processes", { limit: MOST })).items,
  });
}

/** What the person started, the last one first. */
export function startedLately(items: readonly Process[]): Process[] {
  return items
    .filter((one) => one.last_started_at)
    .toSorted(
      (one, other) => Date.parse(other.last_started_at ?? "") - Date.parse(one.last_started_at ?? ""),
    );
}
