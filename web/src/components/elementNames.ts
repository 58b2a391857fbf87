/** How an element of a run is called. */
import { useQuery } from "@tanstack/react-query";
import { getText, part } from "@/lib/api";
import { nameOf } from "@/lib/whatRuns";

export interface Called {
  /** As the author called it; empty without a name, and as long as that is not known. */
  name: string;
  /** Whether this person may not see the run. */
  isHidden: boolean;
}

export function useElementName(instanceId: string, element: string): Called {
  const found = useQuery({
    queryKey: ["diagram-of-instance", instanceId],
    queryFn: () => getText(`/instances/${part(instanceId)}/diagram`),
    enabled: instanceId !== "" && element !== "",
    staleTime: Infinity,
    retry: false,
  });
  return { name: (found.data && nameOf(element, found.data)) || "", isHidden: found.isError };
}
