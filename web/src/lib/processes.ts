/** The processes that there are, and those that the person may run. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
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

/** All versions of one process, the newest first; read as far as the one that is wanted. */
export function useVersions(process: string, wanted: string | undefined) {
  const found = useInfiniteQuery({
    queryKey: ["definitions", "of", process],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<DefinitionPage>("/definitions", { process_id: process, limit: 20, after: pageParam }),
    getNextPageParam: (last) => last.after ?? null,
  });
  const { fetchNextPage } = found;
  const last = found.data?.pages.at(-1)?.items.at(-1)?.version ?? 0;
  const liesFurther = wanted !== undefined && Number(wanted) < last && found.hasNextPage && !found.isFetching;
  useEffect(() => {
    if (liesFurther) void fetchNextPage();
  }, [liesFurther, fetchNextPage]);
  return found;
}

/** The process as Run process takes it; null when the person may not run it. */
export function useRunnable(): (definition: Definition) => Process | null {
  const found = useQuery({
    queryKey: ["processes"],
    queryFn: () => get<Processes>("/me/processes", { limit: MOST }),
  });
  return (definition) => found.data?.items.find((one) => one.process_id === definition.process_id) ?? null;
}
