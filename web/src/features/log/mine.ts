/** Whose a step is. */
import type { Me, Step } from "@/lib/api";

/** Whether the person has this step, or may take it. */
export function isMine(step: Step, me: Pick<Me, "name" | "roles">): boolean {
  if (step.state !== "open") return false;
  if (step.assignee !== "") return step.assignee === me.name;
  const isToAll = step.candidate_users.length + step.candidate_roles.length === 0;
  return (
    isToAll ||
    step.candidate_users.includes(me.name) ||
    step.candidate_roles.some((role) => me.roles.includes(role))
  );
}
