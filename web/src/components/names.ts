/** How people and roles are called whose names are known; the name itself until that is found, or if it can not be. */
import { type QueryClient, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { get, part, type Person, type Role } from "@/lib/api";

const personOf = (name: string) =>
  queryOptions({
    queryKey: ["person", name],
    queryFn: () => get<Person>(`/people/${part(name)}`),
    enabled: name !== "",
    staleTime: Infinity,
    retry: false,
  });

const roleOf = (name: string) =>
  queryOptions({
    queryKey: ["role", name],
    queryFn: () => get<Role>(`/roles/${part(name)}`),
    enabled: name !== "",
    staleTime: Infinity,
    retry: false,
  });

export interface Called {
  person: (name: string) => string;
  role: (name: string) => string;
}

export function usePeopleNames(names: readonly string[]): string[] {
  return useQueries({
    queries: names.map(personOf),
    combine: (found) => names.map((name, index) => found[index]?.data?.display_name || name),
  });
}

export function useRoleNames(names: readonly string[]): string[] {
  return useQueries({
    queries: names.map(roleOf),
    combine: (found) => names.map((name, index) => found[index]?.data?.label || name),
  });
}

export const usePersonName = (name: string): string => usePeopleNames([name])[0] ?? name;
export const useRoleName = (name: string): string => useRoleNames([name])[0] ?? name;

/** The same for where nothing stands rather than another name before it: empty until it is known. */
export function useRoleNameOnly(name: string): string {
  const found = useQuery(roleOf(name));
  return found.isLoading ? "" : found.data?.label || name;
}

/** The same, for what is no component. */
export async function personName(client: QueryClient, name: string): Promise<string> {
  if (name === "") return name;
  const found = await client.fetchQuery(personOf(name)).catch(() => null);
  return found?.display_name || name;
}

/** What these are called, for sentences in which several of them stand. */
export function useCalled(people: readonly string[], roles: readonly string[]): Called {
  const names = { people: [...new Set(people)], roles: [...new Set(roles)] };
  const found = { people: usePeopleNames(names.people), roles: useRoleNames(names.roles) };
  return {
    person: (name) => found.people[names.people.indexOf(name)] ?? name,
    role: (name) => found.roles[names.roles.indexOf(name)] ?? name,
  };
}
