import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type Counted, get, part, type RecordPage, type RecordTypeView } from "@/lib/api";
import { useViews } from "@/lib/views";
import { askedOf, type ListSearch, type ListState, listSearch, stateOf } from "./listState";

const PAGE = 50;

/** What the address and its view say, and how to let them say something else. */
export function useListState(type: RecordTypeView) {
  const search = listSearch(useSearch({ strict: false }));
  const views = useViews(type.name);
  const view = views.data?.find((one) => one.id === search.view);
  const navigate = useNavigate();
  const go = useCallback(
    (change: ListSearch, replace = false) =>
      void navigate({ to: ".", search: (before) => ({ ...before, ...change }) as never, replace }),
    [navigate],
  );
  const isDifferent = [search.q, search.sort, search.filter, search.columns].some((one) => one !== undefined);
  const isWaiting = search.view !== undefined && views.isPending;
  return {
    search,
    state: stateOf(search, view, type),
    view,
    views: views.data ?? [],
    isDifferent,
    isWaiting,
    go,
  };
}

export function useRecords(type: RecordTypeView, state: ListState, isWaiting: boolean) {
  const asked = askedOf(state);
  const columns = [...new Set([type.title, ...state.columns])].filter(
    (name) => !type.fields.find((field) => field.name === name)?.is_system,
  );
  return useInfiniteQuery({
    queryKey: ["records", type.name, asked, columns],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<RecordPage>(`/records/${part(type.name)}`, {
        ...asked,
        columns: columns.filter(Boolean).join(","),
        limit: PAGE,
        after: pageParam,
      }),
    getNextPageParam: (last) => last.after ?? null,
    placeholderData: (before, query) => (query?.queryKey[1] === type.name ? before : undefined),
    enabled: !isWaiting,
  });
}

export function useCount(type: string, state: ListState, isWaiting: boolean) {
  const { search, filter } = askedOf(state);
  return useQuery({
    queryKey: ["record-count", type, search, filter],
    queryFn: () => get<Counted>(`/records/${part(type)}/count`, { search, filter }),
    enabled: !isWaiting,
  });
}
