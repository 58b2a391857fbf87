/** The process log as data: what is asked of the server, and kept up to date by what it tells. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { get, type LogPage } from "@/lib/api";
import { touch, useReadAgain } from "@/lib/live/again";
import type { LogSearch } from "@/lib/log";
import { useAllDefinitions } from "@/lib/definitions";

const LOG = "log";
const PAUSE = 1_500; // milliseconds: where much runs, something changes all the time

export function useLog(asked: LogSearch, me: string) {
  useReadAgain(
    (client) => touch(client, [LOG]),
    ({ name }) => name === "instance-changed",
    PAUSE,
  );
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
  const found = useAllDefinitions();
  return (found.data ?? [])
    .map(({ process_id: id, name }) => ({ value: id, label: name || id }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
}
