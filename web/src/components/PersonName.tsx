import { useQueries } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get, part, type Person } from "@/lib/api";

/** How people call those whose login names are known; the login name until that is found, or if it can not be. */
export function usePeopleNames(names: readonly string[]): string[] {
  const found = useQueries({
    queries: names.map((name) => ({
      queryKey: ["person", name],
      queryFn: () => get<Person>(`/people/${part(name)}`),
      enabled: name !== "",
      staleTime: Infinity,
      retry: false,
    })),
  });
  return names.map((name, index) => found[index]?.data?.display_name || name);
}

export const usePersonName = (name: string): string => usePeopleNames([name])[0] ?? name;

export function PersonName({ name }: { name: string }): ReactElement {
  return <>{usePersonName(name)}</>;
}
