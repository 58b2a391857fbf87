import { useRouterState, useSearch } from "@tanstack/react-router";
import { type ReactElement, useEffect } from "react";
import { useWhereTheyWere } from "@/app/shell/useWhereTheyWere";
import { deferred } from "@/lib/deferred";
import { onLive } from "@/lib/live/live";
import { isLastUsed } from "@/lib/live/tab";
import { enqueue, unqueue, useOpening, waiting } from "@/lib/opening";
import { useMe } from "@/lib/session";
import { useStore } from "@/lib/store";

const StepPage = deferred(() => import("@/features/step/StepPage").then((found) => found.StepPage));

/** The step that is open on top of the page, and those that open when it is gone. */
export function StepLayer(): ReactElement | null {
  const step = useSearch({ strict: false, select: (search) => search.step });
  const { advance } = useOpening();
  const { name: me } = useMe();
  const queue = useStore(waiting);
  useWhereTheyWere(useRouterState({ select: (state) => state.location.pathname }), step !== undefined);

  useEffect(
    () =>
      onLive(({ name, data }) => {
        const id = String(data["id"]);
        const isTaken = name === "task-taken" && data["assignee"] !== me;
        if (isTaken || name === "task-done" || name === "task-cancelled") unqueue(id);
        if (name === "step-to-open" && isLastUsed()) enqueue(id); // the server tells it in time, or never
      }),
    [me],
  );
  useEffect(() => {
    if (step !== undefined) unqueue(step);
    else if (queue.length > 0) advance(undefined);
  }, [step, queue, advance]);
  useEffect(() => {
    const timer = window.setTimeout(() => void StepPage.preload(), 1_500);
    return () => window.clearTimeout(timer);
  }, []);

  if (step === undefined) return null;
  return <StepPage key={step} id={step} />;
}
