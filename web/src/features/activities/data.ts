/** Activities as data: lists, the calendar, one of them, and what can be chosen in it. */
import { type QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import {
  type Calendar,
  get,
  type Me,
  type Opening,
  part,
  type Record as Kept,
  type RecordPage,
} from "@/lib/api";
import { everything } from "@/lib/everything";
import { touchInbox } from "@/lib/inbox";
import { useMe, useNow } from "@/lib/session";
import { touchRecords } from "@/lib/touch";
import type { ActivitySearch } from "./search";
import { narrowedBy, queryOf } from "./asked";

const FINAL = new Set(["completed", "cancelled"]);

export const numberOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
export const textOf = (record: Kept, field: string): string => {
  const value = record.values[field];
  return typeof value === "string" ? value : "";
};
export const isFinished = (record: Kept): boolean => FINAL.has(textOf(record, "status"));

/** The step that opens in place of an unfinished activity, when this person has it or may take it. */
export function stepOf(record: Kept, me: Me): string | null {
  const step = textOf(record, "step");
  if (!step || isFinished(record)) return null;
  const owner = textOf(record, "owner");
  const isMine = owner ? owner === me.name : me.roles.includes(textOf(record, "owner_role"));
  return isMine ? step : null;
}

export function useActivities(search: ActivitySearch) {
  const { time_zone: zone } = useMe();
  const now = useNow();
  const query = queryOf(search, now, zone);
  return useInfiniteQuery({
    queryKey: ["activities", query],
    initialPageParam: "",
    queryFn: ({ pageParam }) => get<RecordPage>("/activities", { ...query, limit: 50, after: pageParam }),
    getNextPageParam: (last) => last.after ?? null,
    placeholderData: (before) => before,
  });
}

export function useCalendar(search: ActivitySearch, from: Date, days: number) {
  const query = { ...narrowedBy(search), from: from.toISOString(), days };
  return useQuery({
    queryKey: ["activities", "calendar", query],
    queryFn: () => get<Calendar>("/activities/calendar", query),
    placeholderData: (before) => before,
  });
}

export function useActivity(number: string) {
  return useQuery({
    queryKey: ["activity", number],
    queryFn: () => get<Opening>(`/activities/${part(number)}`),
  });
}

export interface LookupChoice {
  value: string;
  label: string;
  /** The category that it is for; empty: any. */
  category: string;
}

export function useLookup(name: string) {
  return useQuery({
    queryKey: ["lookup", name],
    queryFn: () => everything<Kept>(`/records/${name}`, { sort: "order" }),
    staleTime: 300_000,
    select: (all) =>
      all
        .filter((one) => one.values["active"] !== false)
        .map((one): LookupChoice => ({
          value: textOf(one, "code"),
          label: one.title,
          category: textOf(one, "category"),
        })),
  });
}

/** After a change here: the step of an activity changed with it. */
export async function touchActivities(client: QueryClient): Promise<void> {
  void touchInbox(client);
  await touchRecords(client);
}
