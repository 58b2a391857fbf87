/** The processes that there are, and those that the person may run. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type Definition, type DefinitionPage, get, type Process, type Processes } from "@/lib/api";

const MOST = 200;

export function useDefinitions() {
  return useInfiniteQuery({
    queryKey: ["definitions", "latest"],
    initialPageParam: "",
    queryFn: ({ pageParam }) => get<DefinitionPage>("/definitions", { limit: MOST, after: pageParam }),
    getNextPageParam: (last) => last.after ?? null,
  });
}

/** All versions of one process, the newest first. */
export function useVersions(process: string) {
  return useInfiniteQuery({
    queryKey: ["definitions", "of", process],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<DefinitionPage>("/definitions", { process_id: process, limit: 20, after: pageParam }),
    getNextPageParam: (last) => last.after ?? null,
  });
}

/** The process as Run process takes it; null when the person may not run it. */
export function useRunnable(): (definition: Definition) => Process | null {
  const found = useQuery({
    queryKey: ["processes"],
    queryFn: () => get<Processes>("/me/processes", { limit: MOST }),
  });
  return (definition) => found.data?.items.find((one) => one.process_id === definition.process_id) ?? null;
}
