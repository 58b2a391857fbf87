/** What one was told, as data, kept up to date by what the server tells. */
import { type QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { get, type Notification, type NotificationPage, part, send, type Unread } from "@/lib/api";
import { touch, useReadAgain } from "@/lib/live/again";
import type { FirstTexts } from "@/lib/texts";

const LIST = "notifications";
const UNREAD = "notifications-unread";
const MOST_SHOWN = 99;

export function useNotifications(onlyUnread: boolean) {
  return useInfiniteQuery({
    queryKey: [LIST, onlyUnread],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<NotificationPage>("/me/notifications", {
        is_unread: onlyUnread || null,
        limit: 50,
        after: pageParam,
      }),
    getNextPageParam: (last) => last.after ?? null,
    placeholderData: (before) => before,
  });
}

export function useUnread(): number {
  const found = useQuery({
    queryKey: [UNREAD],
    queryFn: () => get<NotificationPage>("/me/notifications", { limit: 1 }),
    select: (page) => page.unread,
  });
  return found.data ?? 0;
}

/** Up to 99, then 99+. */
export const unreadText = (count: number): string => (count > MOST_SHOWN ? "99+" : String(count));

export function useLiveNotifications(): void {
  useReadAgain(touchNotifications, ({ name }) => name.startsWith("notification"));
}

export function touchNotifications(client: QueryClient): Promise<unknown> {
  return touch(client, [UNREAD], [LIST]);
}

export async function markRead(client: QueryClient, id: string): Promise<void> {
  await send("POST", `/notifications/${part(id)}/read`);
  await touchNotifications(client);
}

/** Everything, or what is about one step. */
export async function markAllRead(client: QueryClient, about = ""): Promise<void> {
  await send<Unread>("PUT", "/me/notifications", { about });
  await touchNotifications(client);
}

export async function comeAgain(client: QueryClient, id: string, until: Date): Promise<void> {
  await send("POST", `/notifications/${part(id)}/postpone`, { until: until.toISOString() });
  await touchNotifications(client);
}

/** What it is, in a sentence beside the title. */
export function whatOf(told: Pick<Notification, "kind" | "by">, texts: FirstTexts["notifications"]): string {
  const { kinds } = texts;
  if (told.kind === "step" && told.by) return kinds.stepBy(told.by);
  if (told.kind === "comment" && told.by) return kinds.commentBy(told.by);
  return kinds[told.kind];
}
