import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get, part, type Person } from "@/lib/api";

/** How people call somebody whose login name is known; the login name until that is found, or if it can not be. */
export function usePersonName(name: string): string {
  const found = useQuery({
    queryKey: ["person", name],
    queryFn: () => get<Person>(`/people/${part(name)}`),
    enabled: name !== "",
    staleTime: Infinity,
    retry: false,
  });
  return found.data?.display_name || name;
}

export function PersonName({ name }: { name: string }): ReactElement {
  return <>{usePersonName(name)}</>;
}
