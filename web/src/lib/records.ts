/** Record types as this person sees them, and records of them. */
import { useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import {
  type FieldView,
  get,
  part,
  type Record as Kept,
  type RecordTypes,
  type RecordTypeView,
} from "@/lib/api";

const RARELY = 5 * 60_000; // milliseconds: record types change seldom

export function useRecordTypes(enabled = true): UseQueryResult<readonly RecordTypeView[]> {
  return useQuery({
    enabled,
    queryKey: ["record-types"],
    queryFn: async () => (await get<RecordTypes>("/record-types")).items,
    staleTime: RARELY,
  });
}

export function useRecord(type: string, number: string): UseQueryResult<Kept> {
  return useQuery({ queryKey: ["record", type, number], queryFn: () => readRecord(type, number) });
}

/** How these records are called, by their ids. */
export function useTitles(ids: readonly string[]): (id: string) => string {
  const found = useQueries({
    queries: ids.map(placeOf).map(({ type, number }) => ({
      queryKey: ["record", type, number],
      queryFn: () => readRecord(type, number),
      retry: false,
    })),
  });
  return (id) => found[ids.indexOf(id)]?.data?.title || id;
}

export function readRecord(type: string, number: string): Promise<Kept> {
  return get<Kept>(`/records/${part(type)}/${part(number)}`);
}

/** What a person may look at as a section, by what it is called. */
export function sectionsOf(types: readonly RecordTypeView[]): RecordTypeView[] {
  return types
    .filter((one) => one.kind === "records" && one.access.see !== "none" && one.name !== ACTIVITY)
    .toSorted((one, other) => one.plural.localeCompare(other.plural));
}

/** Activities have a section of their own. */
export const ACTIVITY = "activity";

/** `case/17` is the case 17. */
export function placeOf(id: string): { type: string; number: string } {
  const cut = id.indexOf("/");
  return { type: id.slice(0, cut), number: id.slice(cut + 1) };
}

export function fieldOf(type: RecordTypeView, name: string): FieldView | undefined {
  return type.fields.find((field) => field.name === name);
}

/** The lists of choices that a person may change in some way. */
export function lookupsOf(types: readonly RecordTypeView[]): RecordTypeView[] {
  return types
    .filter((one) => one.kind === "lookup")
    .filter(
      ({ access }) =>
        access.add || (access.change ?? "none") !== "none" || (access.delete ?? "none") !== "none",
    )
    .toSorted((one, other) => one.label.localeCompare(other.label));
}
