import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Empty } from "@/components/Empty";
import { usePersonName } from "@/components/names";
import { get, type InstanceDetails, part, type Refused } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { fullText } from "@/lib/time/due";

const OVER = new Set(["user-task.not-open", "user-task.completed", "user-task.ended"]);

export const isOver = (error: Refused): boolean => OVER.has(error.code);

/** A step that somebody opens after its end: whose doing that was, when, and the way to its run. */
export function StepOver({ error }: { error: Refused }): ReactElement {
  const { step, stepMore } = useTexts();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const { by: name, at, instance_id: instance } = error.facts;
  const by = usePersonName(typeof name === "string" ? name : "") || step.elsewhere.system;
  if (typeof at !== "string")
    return (
      <Empty title={step.gone} sign="check">
        {step.goneHint}
      </Empty>
    );
  const isDone = error.code === "user-task.completed";
  const words = isDone ? stepMore.wasDone : stepMore.wasEnded;
  return (
    <Empty title={isDone ? stepMore.isDone : step.gone} sign="check">
      {words(by, fullText(at, zone, locale))} <ToRun instance={String(instance)} />
    </Empty>
  );
}

/** For who may see the run. */
function ToRun({ instance }: { instance: string }): ReactElement | null {
  const { stepMore } = useTexts();
  const found = useQuery({
    queryKey: ["instance", instance],
    queryFn: () => get<InstanceDetails>(`/instances/${part(instance)}`),
    retry: false,
  });
  if (!found.data) return null;
  return (
    <p>
      <Link to="/log/$id" params={{ id: instance }}>
        {stepMore.toRun}
      </Link>
    </p>
  );
}
