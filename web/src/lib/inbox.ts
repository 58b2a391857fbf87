/** The inbox as data: what is asked of the server, and kept up to date by what it tells. */
import { type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { InfiniteData } from "@tanstack/react-query";
import { useEffect } from "react";
import { get, type InboxCounter, type InboxPage, type InboxTask } from "@/lib/api";
import { touch, useReadAgain } from "@/lib/live/again";
import { type LiveEvent, onLive } from "@/lib/live/live";
import type { View } from "@/lib/panelView";
import { storeOf } from "@/lib/store";
import { atHour } from "@/lib/time/zones";

const LIST = "inbox";
const COUNTER = "inbox-counter";
const FIRST_PAGE = 50;
const PAGE = 200;
const FEW = 2; // pages that are read again as they are; of more only those down to what is looked at

/** How many tasks, from the first, are looked at in a list. */
export const lookedAt = storeOf(0);

/** `view` changes the list; `zone` says where a day ends. */
export function useInbox(view: View, zone: string) {
  return useInfiniteQuery({
    queryKey: [LIST, view, zone],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => read(view, zone, pageParam, signal),
    getNextPageParam: (last) => last.after ?? null,
    placeholderData: (before) => before,
  });
}

function read(view: View, zone: string, after: string, signal: AbortSignal): Promise<InboxPage> {
  signal.throwIfAborted();
  const limit = after === "" ? FIRST_PAGE : PAGE;
  return get<InboxPage>("/inbox", { ...askedOf(view, new Date(), zone), limit, after });
}

/** What a view asks of the server. */
export function askedOf(
  view: View,
  now: Date,
  zone: string,
): Record<string, string | number | boolean | null> {
  return {
    sort: view.sort,
    group: view.group === "process" || view.group === "role" ? view.group : null,
    search: view.search,
    process_id: view.process?.id ?? null,
    role: view.role,
    due_before: dueBefore(view.quick, now, zone)?.toISOString() ?? null,
    taken_by_colleagues: view.quick === "taken" || null,
    with_future: view.withFuture || null,
  };
}

/** Asks for the zone only when it matters: the browser takes its time to learn one. */
function dueBefore(quick: View["quick"], now: Date, zone: string): Date | null {
  if (quick === "overdue") return now;
  return quick === "today" ? atHour(now, 1, 0, zone) : null;
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
export function useLiveInbox(): void {
  const client = useQueryClient();
  useReadAgain(touchInbox, concernsInbox);
  useEffect(
    () =>
      onLive(({ name, data }) => {
        if (name === "task-done" || name === "task-cancelled") drop(client, String(data["id"]));
      }),
    [client],
  );
}

function concernsInbox(event: LiveEvent): boolean {
  return event.name.startsWith("task-");
}

/** Read the lists again after something was done here, without waiting to be told. */
export function touchInbox(client: QueryClient): Promise<unknown> {
  void touch(client, [COUNTER]);
  client.setQueriesData<InfiniteData<InboxPage>>({ queryKey: [LIST] }, (found) => found && trimmed(found));
  return touch(client, [LIST]);
}

export function drop(client: QueryClient, id: string): void {
  client.setQueriesData<InfiniteData<InboxPage>>(
    { queryKey: [LIST] },
    (found) => found && without(found, id),
  );
}

/** A long list without the pages behind what is looked at: they are read when one comes there. */
export function trimmed(
  found: InfiniteData<InboxPage>,
  wanted: number = lookedAt.get(),
): InfiniteData<InboxPage> {
  if (found.pages.length <= FEW) return found;
  let count = 0;
  const needed = found.pages.findIndex((page) => (count += page.items.length) > wanted) + 1;
  const kept = Math.max(FEW, needed === 0 ? found.pages.length : needed);
  return { pages: found.pages.slice(0, kept), pageParams: found.pageParams.slice(0, kept) };
}

export function without(found: InfiniteData<InboxPage>, id: string): InfiniteData<InboxPage> {
  const pages = found.pages.map((page) => ({ ...page, items: page.items.filter((task) => task.id !== id) }));
  return { ...found, pages };
}

export const mayBeReleased = (task: InboxTask): boolean =>
  task.assignee !== "" && task.candidate_users.length + task.candidate_roles.length > 0;

export const isOfColleague = (task: InboxTask, me: string): boolean =>
  task.assignee !== "" && task.assignee !== me;

/** What a task belongs to: its instance, and what that is about. */
export function captionOf(task: InboxTask): string {
  const names = [
    task.instance_caption,
    task.process_name,
    ...(task.connections ?? []).map((one) => one.title),
  ];
  return [...new Set(names.filter(Boolean))].slice(0, 2).join(" · ");
}
