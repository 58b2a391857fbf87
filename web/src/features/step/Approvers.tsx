import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { PersonName, RoleNames } from "@/components/PersonName";
import { When } from "@/components/When";
import { get, part, type Step, type StepPage, type Steps } from "@/lib/api";
import { touch, useReadAgain } from "@/lib/live/again";
import { useMe } from "@/lib/session";
import { type Texts, useTexts } from "@/lib/texts";
import { type Decision, decisionOf, roundOf } from "./rounds";
import styles from "./Step.module.css";

/** Who else decides, and what they have decided so far; nothing where one decides alone. */
export function Approvers({ page }: { page: StepPage }): ReactElement | null {
  const { stepMore } = useTexts();
  const steps = useRound(page);
  if (steps.length < 2) return null;
  return (
    <section className={styles["approvers"]} aria-label={stepMore.approvers}>
      <h2>{stepMore.approvers}</h2>
      {page.needed && <p>{neededText(page.needed, steps.length, stepMore)}</p>}
      <ul>
        {steps.map((step) => (
          <Approver key={step.id} step={step} />
        ))}
      </ul>
    </section>
  );
}

function neededText(needed: string, count: number, texts: Texts["stepMore"]): string {
  if (needed === "all") return texts.needsAll(count);
  if (needed === "any") return texts.needsAny(count);
  return texts.needsSome(needed, count);
}

function useRound(page: StepPage): Step[] {
  const instance = page.instance_id;
  useReadAgain(
    (client) => touch(client, ["steps-of", instance]),
    ({ data }) => data["id"] === instance || data["instance_id"] === instance,
  );
  const found = useQuery({
    queryKey: ["steps-of", instance],
    queryFn: () => get<Steps>(`/instances/${part(instance)}/steps`),
    retry: false,
  });
  return roundOf(found.data?.items ?? [], page);
}

const SIGNS = { approved: "check", rejected: "close", undecided: "clock", withdrawn: "close" } as const;

function Approver({ step }: { step: Step }): ReactElement {
  const { stepMore } = useTexts();
  const me = useMe();
  const decision: Decision = decisionOf(step);
  const who = step.by && step.state === "completed" ? step.by : step.assignee;
  return (
    <li data-decision={decision}>
      <Icon sign={SIGNS[decision]} size={16} />
      <span>
        <b>{who ? <PersonName name={who} /> : <RoleNames names={step.candidate_roles} />}</b>
        {who === me.name && ` (${stepMore.you})`} {stepMore[decision]}
        {step.ended_at && decision !== "withdrawn" && (
          <>
            {" · "}
            <When at={step.ended_at} />
          </>
        )}
      </span>
    </li>
  );
}
