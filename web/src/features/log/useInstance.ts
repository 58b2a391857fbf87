/** All that the page of an instance shows, kept true to what the server tells. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Mark } from "@/components/diagram/marks";
import { namesOf } from "@/components/diagram/outline";
import {
  type ApiInstancesHistoryPage as HistoryPage,
  get,
  getText,
  type InstanceDetails,
  type InstancePath,
  part,
  type Steps,
  type VariablesOfScope,
} from "@/lib/api";
import { touch, useReadAgain } from "@/lib/live/again";

const INSTANCE = "instance";
const PAUSE = 400; // milliseconds from one reading to the next
const LINES = 100;

export function useInstance(id: string) {
  useReadAgain(
    (client) => touch(client, [INSTANCE, id]),
    ({ name, data }) => name === "instance-changed" && (data["id"] === id || data["is_many"] === true),
    PAUSE,
  );
  const path = `/instances/${part(id)}`;
  const details = useQuery({
    queryKey: [INSTANCE, id, "details"],
    queryFn: () => get<InstanceDetails>(path),
    retry: false,
  });
  const isThere = details.data !== undefined;
  const way = useQuery({
    queryKey: [INSTANCE, id, "path"],
    queryFn: () => get<InstancePath>(`${path}/path`),
    enabled: isThere,
  });
  const steps = useQuery({
    queryKey: [INSTANCE, id, "steps"],
    queryFn: () => get<Steps>(`${path}/steps`),
    enabled: isThere,
  });
  const xml = useQuery({
    queryKey: ["diagram-of-instance", id],
    queryFn: () => getText(`${path}/diagram`),
    enabled: isThere,
    staleTime: Infinity,
  });
  return { details, way, steps, xml };
}

export function useVariables(id: string, scope: number) {
  return useQuery({
    queryKey: [INSTANCE, id, "variables", scope],
    queryFn: () => get<VariablesOfScope>(`/instances/${part(id)}/variables`, { scope }),
    retry: false,
  });
}

export function useHistory(id: string) {
  return useInfiniteQuery({
    queryKey: [INSTANCE, id, "history"],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      get<HistoryPage>(`/instances/${part(id)}/history`, { after: pageParam, limit: LINES }),
    getNextPageParam: (last) => last.after ?? null,
  });
}

/** Read everything of this instance again after something was done here. */
export function useTouchInstance(id: string): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [INSTANCE, id] });
}

/** How elements are called, by their id. */
export function useNames(xml: string | undefined): (element: string) => string {
  const names = useMemo(() => namesOf(xml ?? ""), [xml]);
  return useMemo(() => (element: string) => names.get(element) ?? "", [names]);
}

const NOWHERE: ReadonlySet<string> = new Set();

/** How the diagram is marked: where it was, waits and is stuck. */
export function useMarks(way: InstancePath | undefined): {
  marks: ReadonlyMap<string, Mark>;
  taken: ReadonlySet<string>;
} {
  return useMemo(() => {
    const marks = new Map<string, Mark>();
    for (const one of way?.elements ?? []) {
      const mark = markOf(one);
      if (mark) marks.set(one.element, mark);
    }
    const taken = way ? new Set(way.flows.map((flow) => flow.flow)) : NOWHERE;
    return { marks, taken };
  }, [way]);
}

function markOf(one: InstancePath["elements"][number]): Mark | null {
  if (one.stuck > 0) return "stuck";
  if (one.waiting > 0) return "waiting";
  if (one.completed > 0) return "done";
  return one.ended > 0 ? "ended" : null;
}
