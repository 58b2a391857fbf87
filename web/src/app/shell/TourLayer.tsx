import { type ReactElement, useEffect } from "react";
import { deferred } from "@/lib/deferred";
import { useProcesses } from "@/lib/processes";
import { demoPeople, useMe } from "@/lib/session";
import { useStore } from "@/lib/store";
import { endTour, isTourDue, LEADS_THROUGH, tour } from "@/lib/tour";

const Tour = deferred(() => import("@/features/tour/Tour").then((found) => found.Tour));

/** In the demonstration, the tour for who has not seen it yet and may run what it leads through. */
export function TourLayer(): ReactElement | null {
  const me = useMe();
  const isShown = useStore(tour);
  const mayRun = useMayTour();
  useEffect(() => {
    if (mayRun && isTourDue(me.name)) tour.set(true);
  }, [mayRun, me.name]);
  if (!isShown) return null;
  return <Tour onClose={() => endTour(me.name)} />;
}

/** Whether there is a tour for this person. */
export function useMayTour(): boolean {
  const found = useProcesses(demoPeople().length > 0);
  return found.data?.some((one) => one.process_id === LEADS_THROUGH) ?? false;
}
