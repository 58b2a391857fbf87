/** The process log as data: what is asked of the server, and kept up to date by what it tells. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Definition, type DefinitionPage, get, type LogPage } from "@/lib/api";
import { onLive } from "@/lib/live/live";
import type { LogSearch } from "@/lib/log";

const LOG = "log";
const SOON = 150; // milliseconds in which what is told is answered by one reading
const MOST_PROCESSES = 200;

export function useLog(asked: LogSearch, me: string) {
  const client = useQueryClient();
  useEffect(() => {
    let timer = 0;
    const readAgain = (): void => {
      timer = 0;
      void client.invalidateQueries({ queryKey: [LOG] });
    };
    const stop = onLive(({ name }) => {
      if (name === "instance-changed" || name === "reset") timer ||= window.setTimeout(readAgain, SOON);
    });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [client]);
  const found = useInfiniteQuery({
    queryKey: [LOG, asked, me],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<LogPage>("/instances", {
        search: asked.q,
        status: asked.status,
        process_id: asked.process,
        starter: asked.mine ? me : null,
        limit: 50,
        after: pageParam,
      }),
    getNextPageParam: (last) => last.after ?? null,
    placeholderData: (before) => before,
  });
  const { fetchNextPage } = found;
  const isEmpty = found.data?.pages.every((page) => page.items.length === 0) ?? false;
  const goesOn = isEmpty && found.hasNextPage && !found.isFetching;
  useEffect(() => {
    if (goesOn) void fetchNextPage(); // a page of a search may be empty and go on all the same
  }, [goesOn, fetchNextPage]);
  return { found, isLooking: isEmpty && (found.hasNextPage || found.isPlaceholderData) };
}

/** The processes to choose among. */
export function useProcessNames() {
  return useQuery({
    queryKey: ["definitions", "names"],
    queryFn: () => get<DefinitionPage>("/definitions", { limit: MOST_PROCESSES }),
    select: (page) =>
      page.items
        .map(({ process_id: id, name }: Definition) => ({ value: id, label: name || id }))
        .toSorted((one, other) => one.label.localeCompare(other.label)),
  });
}
