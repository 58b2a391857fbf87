/** The processes that there are, in their versions. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Definition, type DefinitionPage, get, part, type Process, type StartForm } from "@/lib/api";
import { everything } from "@/lib/everything";
import { useProcesses } from "@/lib/processes";

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

/** Every process in its latest version. */
export function useAllDefinitions() {
  return useQuery({
    queryKey: ["definitions", "all"],
    queryFn: () => everything<Definition>("/definitions"),
  });
}

/** A process as Run process takes it; null when the person may not run it. */
export function useRunnable(): (definition: Definition) => Process | null {
  const found = useProcesses();
  return (definition) => found.data?.find((one) => one.process_id === definition.process_id) ?? null;
}

/** What is asked before a process starts, anew each time: defaults may depend on the hour. */
export function useStartForm(process: Process) {
  return useQuery({
    queryKey: ["start-form", process.definition_id],
    queryFn: () => get<StartForm>(`/definitions/${part(process.definition_id)}/start-form`),
    staleTime: 0,
    gcTime: 0,
  });
}
