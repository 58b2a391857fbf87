import { ActionIcon, Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Icon, KindIcon } from "@/components/icons";
import { type Called, useCalled } from "@/components/names";
import { newKey, part, send, type Step, type Steps } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useMe, useNow } from "@/lib/session";
import { type Texts, useLocale, useTexts } from "@/lib/texts";
import { spanText } from "@/lib/time/span";
import { tell } from "@/lib/toasts";
import { isMine } from "./mine";
import { ReasonDialog } from "./ReasonDialog";
import styles from "./Log.module.css";
import { useTouchInstance } from "./useInstance";
import { useWhen } from "@/components/When";

const Reassign = deferred(() => import("@/components/Reassign").then((found) => found.Reassign));

interface Given {
  instance: string;
  steps: Steps;
  onPoint: (element: string) => void;
}

/** The steps for people: who, when, how long, and what came of them. */
export function StepList({ instance, steps, onPoint }: Given): ReactElement {
  const { log } = useTexts();
  if (steps.items.length === 0) return <p className={styles["nothing"]}>{log.page.noSteps}</p>;
  return (
    <ul className={styles["steps"]}>
      {steps.items.map((step) => (
        <StepRow key={step.id} instance={instance} step={step} onPoint={onPoint} />
      ))}
    </ul>
  );
}

interface RowGiven {
  instance: string;
  step: Step;
  onPoint: (element: string) => void;
}

function StepRow({ instance, step, onPoint }: RowGiven): ReactElement {
  const { kinds } = useTexts();
  const me = useMe();
  const kind = kinds[step.kind as keyof typeof kinds] ?? kinds.plain;
  const says = useSentence(step);
  const isOperator = me.rights.includes("operate");
  return (
    <li className={styles["step"]} data-state={step.state}>
      <span className={styles["sign"]} title={kind}>
        <KindIcon kind={step.kind} />
        <span className="sw-hidden">{kind}</span>
      </span>
      <div className={styles["words"]}>
        <button type="button" className={styles["point"]} onClick={() => onPoint(step.element)}>
          {step.title}
        </button>
        <p>{says}</p>
      </div>
      {step.state === "open" && (isMine(step, me) || isOperator) && (
        <Go step={step} isMine={isMine(step, me)} />
      )}
      {step.state === "open" && isOperator && <Repair instance={instance} step={step} />}
    </li>
  );
}

function Go({ step, isMine }: { step: Step; isMine: boolean }): ReactElement {
  const { log } = useTexts();
  const words = isMine ? log.steps.continue : log.steps.open;
  return (
    <Button
      component={Link}
      aria-label={`${words}: ${step.title}`}
      to="."
      search={((before: object) => ({ ...before, step: step.id })) as never}
      variant={isMine ? "filled" : "default"}
      h={36}
    >
      {words}
    </Button>
  );
}

/** What who repairs can do with a step of somebody else. */
function Repair({ instance, step }: { instance: string; step: Step }): ReactElement {
  const { log } = useTexts();
  const touch = useTouchInstance(instance);
  const [dialog, setDialog] = useState<"reassign" | "cancel" | null>(null);
  const close = (): void => setDialog(null);
  const cancel = async (reason: string): Promise<void> => {
    await send("POST", `/user-tasks/${part(step.id)}/cancel`, { reason }, { key: newKey() });
    tell(log.steps.cancelled(step.title));
    await touch();
  };
  return (
    <>
      <Menu position="bottom-end" width={240} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={log.steps.actions(step.title)}>
            <Icon sign="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon sign="transfer" />} onClick={() => setDialog("reassign")}>
            {log.steps.reassign}
          </Menu.Item>
          <Menu.Item leftSection={<Icon sign="close" />} onClick={() => setDialog("cancel")}>
            {log.steps.cancel}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "reassign" && (
        <Reassign
          task={step}
          onClose={close}
          onDone={() => {
            close();
            void touch();
          }}
        />
      )}
      {dialog === "cancel" && (
        <ReasonDialog
          title={log.steps.cancelTitle}
          lead={log.steps.cancelLead(step.title)}
          submit={log.steps.cancel}
          onSubmit={cancel}
          onClose={close}
        />
      )}
    </>
  );
}

/** All that there is to say of a step, in one line. */
function useSentence(step: Step): string {
  const { log } = useTexts();
  const language = useLocale();
  const when = useWhen();
  const now = useNow();
  const outcome = [step.outcome ?? []].flat().join(", ");
  const parts = [whoOf(step, useCalled(peopleOf(step), step.candidate_roles), log)];
  if (step.state === "open") {
    parts.push(log.steps.since(when(step.created_at)));
    if (step.start_at && new Date(step.start_at) > now) parts.push(log.steps.putOff(when(step.start_at)));
    if (step.due_at) parts.push(log.steps.due(when(step.due_at)));
  } else {
    if (step.ended_at) parts.push(when(step.ended_at));
    if (typeof step.seconds === "number")
      parts.push(log.steps.took(spanText(step.seconds, language, log.span)));
  }
  if (outcome) parts.push(log.page.reason(outcome));
  return parts.join(" · ");
}

const peopleOf = (step: Step): string[] => [step.by ?? "", step.assignee, ...step.candidate_users];

function whoOf(step: Step, called: Called, { steps, systemStarter }: Texts["log"]): string {
  const by = called.person(step.by ?? "") || systemStarter;
  if (step.state === "completed") return steps.doneBy(by);
  if (step.state === "cancelled") return steps.cancelledBy(by);
  if (step.assignee) return steps.with(called.person(step.assignee));
  const offered = [...step.candidate_users.map(called.person), ...step.candidate_roles.map(called.role)];
  return offered.length === 0 ? steps.everybody : steps.offeredTo(offered.join(", "));
}
