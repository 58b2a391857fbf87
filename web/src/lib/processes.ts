/** What the person may run. */
import { useQuery } from "@tanstack/react-query";
import { get, type Processes } from "@/lib/api";

const MOST = 200;

/** As Run process takes it. */
export function useProcesses(enabled = true) {
  return useQuery({
    enabled,
    queryKey: ["processes"],
    queryFn: async () => (await get<Processes>("/me/processes", { limit: MOST })).items,
  });
}
