/** The processes that there are, and those that the person may run. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import {
  type Definition,
  type DefinitionPage,
  get,
  part,
  type Process,
  type Processes,
  type StartForm,
} from "@/lib/api";
import { everything } from "@/lib/everything";
import { placeOf } from "@/lib/records";

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

/** What the person may run, as Run process takes it. */
export function useProcesses(enabled = true) {
  return useQuery({
    enabled,
    queryKey: ["processes"],
    queryFn: async () => (await get<Processes>("/me/processes", { limit: MOST })).items,
  });
}

/** The same of one process; null when the person may not run it. */
export function useRunnable(): (definition: Definition) => Process | null {
  const found = useProcesses();
  return (definition) => found.data?.find((one) => one.process_id === definition.process_id) ?? null;
}

/** What the person may run on a record. */
export function useProcessesOf(record: string, enabled = true) {
  const { type, number } = placeOf(record);
  return useQuery({
    enabled,
    queryKey: ["record-processes", type, number],
    queryFn: async () => (await get<Processes>(`/records/${part(type)}/${part(number)}/processes`)).items,
  });
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
