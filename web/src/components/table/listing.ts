import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { Listing } from "./columns";

/** What `useInfiniteQuery` reads from a list of the API, as a table takes it. */
export function listingOf<Row>(
  found: UseInfiniteQueryResult<InfiniteData<{ items: readonly Row[] }>>,
): Listing<Row> {
  return {
    rows: found.data?.pages.flatMap((page) => page.items) ?? [],
    isPending: found.isPending,
    error: found.data ? null : found.error,
    hasMore: found.hasNextPage,
    isReadingMore: found.isFetchingNextPage,
    onMore: () => void found.fetchNextPage(),
    onRetry: () => void found.refetch(),
  };
}
