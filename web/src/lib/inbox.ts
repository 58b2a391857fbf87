/** The inbox as data: what is asked of the server, and kept up to date by what it tells. */
import { type QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { InfiniteData } from "@tanstack/react-query";
import { useEffect } from "react";
import { get, type InboxCounter, type InboxPage, type InboxTask } from "@/lib/api";
import { type LiveEvent, onLive } from "@/lib/live/live";

const LIST = "inbox";
const COUNTER = "inbox-counter";
const SOON = 40; // milliseconds in which what is told is answered by one reading

export interface Wanted {
  search: string;
  withFuture: boolean;
}

export function useInbox(wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: [LIST, wanted],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => read(wanted, pageParam, signal),
    getNextPageParam: (last) => last.after ?? null,
    placeholderData: (before) => before,
  });
}

function read(wanted: Wanted, after: string, signal: AbortSignal): Promise<InboxPage> {
  signal.throwIfAborted();
  const { search, withFuture } = wanted;
  return get<InboxPage>("/inbox", { sort: "due", limit: 50, search, with_future: withFuture || null, after });
}

export function useCounter() {
  return useQuery({ queryKey: [COUNTER], queryFn: () => get<InboxCounter>("/inbox/counter") });
}

/** Up to 99, then 99+. */
export function countText(counter: InboxCounter | undefined): string {
  if (!counter) return "";
  return counter.has_more ? "99+" : String(counter.count);
}

/** Keep lists and counter true to what the server tells. */
export function useLiveInbox(client: QueryClient): void {
  useEffect(() => {
    let timer = 0;
    const readAgain = (): void => {
      timer = 0;
      void client.invalidateQueries({ queryKey: [LIST] });
      void client.invalidateQueries({ queryKey: [COUNTER] });
    };
    const stop = onLive((event) => {
      if (!concernsInbox(event)) return;
      if (event.name === "task-done" || event.name === "task-cancelled")
        drop(client, String(event.data["id"]));
      timer ||= window.setTimeout(readAgain, SOON);
    });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [client]);
}

export function concernsInbox(event: LiveEvent): boolean {
  return event.name.startsWith("task-") || event.name === "reset";
}

/** Read the lists again after something was done here, without waiting to be told. */
export function touchInbox(client: QueryClient): Promise<void> {
  void client.invalidateQueries({ queryKey: [COUNTER] });
  return client.invalidateQueries({ queryKey: [LIST] });
}

export function drop(client: QueryClient, id: string): void {
  client.setQueriesData<InfiniteData<InboxPage>>(
    { queryKey: [LIST] },
    (found) => found && without(found, id),
  );
}

export function without(found: InfiniteData<InboxPage>, id: string): InfiniteData<InboxPage> {
  const pages = found.pages.map((page) => ({ ...page, items: page.items.filter((task) => task.id !== id) }));
  return { ...found, pages };
}

export const mayBeReleased = (task: InboxTask): boolean =>
  task.assignee !== "" && task.candidate_users.length + task.candidate_roles.length > 0;
