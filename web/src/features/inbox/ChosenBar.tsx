import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { CloseButton, Modal, Text } from "@mantine/core";
import { Icon, type Sign } from "@/components/icons";
import { LaterForm } from "@/components/LaterForm";
import { ReassignDialog } from "@/components/Reassign";
import type { InboxTask, Row } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { mayBeReleased } from "@/lib/inbox";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { touchAll } from "@/lib/touch";
import { asksTheSame, chosen, useChosen } from "./choosing";
import { forMany, type Verb } from "./manyAtOnce";
import { ReportDialog } from "./ReportDialog";
import styles from "./TaskList.module.css";

const AnswerDialog = deferred(() => import("./AnswerDialog").then((found) => found.AnswerDialog));

type Asked = "reassign" | "later" | "answer" | null;

interface Told {
  tasks: readonly InboxTask[];
  rows: readonly Row[];
}

/** What can be done with all tasks that are chosen; what became of each is told. */
export function ChosenBar({ shown }: { shown: readonly InboxTask[] }): ReactElement {
  const { panel, close } = useTexts();
  const texts = useTexts();
  const client = useQueryClient();
  const tasks = [...(useChosen() ?? new Map<string, InboxTask>()).values()];
  const [asked, setAsked] = useState<Asked>(null);
  const [told, setTold] = useState<Told | null>(null);
  const { isBusy, once } = useOnce();

  /** Those that could not be done stay chosen. */
  const act = (verb: Verb, body: object = {}): Promise<void> => once(() => carryOut(verb, body));
  const carryOut = async (verb: Verb, body: object): Promise<void> => {
    try {
      const ids = tasks.map((task) => task.id);
      const rows = await forMany(verb, ids, body, (error) => says(error, texts));
      const failed = new Set(rows.filter((row) => !row.is_done).map((row) => row.id));
      chosen.set(new Map(tasks.filter((task) => failed.has(task.id)).map((task) => [task.id, task])));
      setAsked(null);
      setTold({ tasks, rows });
    } finally {
      void touchAll(client);
    }
  };
  const quick = (verb: Verb): void =>
    void act(verb).catch((error: unknown) => tell(says(error, texts), { isError: true }));

  return (
    <div className={styles["chosen"]} role="group" aria-label={panel.doWith}>
      <p aria-live="polite">
        <b>{isBusy ? panel.report.busy : panel.chosen(tasks.length)}</b>
        <button type="button" onClick={() => chosen.set(new Map(shown.map((task) => [task.id, task])))}>
          {panel.chooseAll}
        </button>
        <CloseButton size={36} aria-label={panel.end} onClick={() => chosen.set(null)} />
      </p>
      <Actions tasks={tasks} isBusy={isBusy} onQuick={quick} onAsk={setAsked} />
      {asked === "reassign" && (
        <ReassignDialog
          lead={panel.chosen(tasks.length)}
          onHand={(body) => act("reassign", body)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === "later" && (
        <Modal
          opened
          onClose={() => setAsked(null)}
          title={texts.later.title}
          closeButtonProps={{ "aria-label": close }}
          size={560}
        >
          <Text c="dimmed" mb="md">
            {panel.chosen(tasks.length)}
          </Text>
          <LaterForm
            task={{ id: "", title: "", assignee: "" }}
            isOffered={tasks.some((one) => one.assignee === "")}
            onPostpone={({ title: _title, ...body }) => act("postpone", body)}
            onCancel={() => setAsked(null)}
            onDone={() => setAsked(null)}
          />
        </Modal>
      )}
      {asked === "answer" && (
        <AnswerDialog
          tasks={tasks}
          onAnswer={(body) => act("complete", body)}
          onClose={() => setAsked(null)}
        />
      )}
      {told && <ReportDialog tasks={told.tasks} rows={told.rows} onClose={() => setTold(null)} />}
    </div>
  );
}

interface ActionsGiven {
  tasks: readonly InboxTask[];
  isBusy: boolean;
  onQuick: (verb: Verb) => void;
  onAsk: (asked: Asked) => void;
}

function Actions({ tasks, isBusy, onQuick, onAsk }: ActionsGiven): ReactElement {
  const { panel } = useTexts();
  const me = useMe();
  const isAny = tasks.length > 0;
  const given: readonly [keyof typeof panel.actions, Sign, boolean, () => void][] = [
    ["claim", "person", tasks.some((task) => task.assignee === ""), () => onQuick("claim")],
    [
      "release",
      "release",
      tasks.some((task) => task.assignee === me.name && mayBeReleased(task)),
      () => onQuick("release"),
    ],
    ["reassign", "transfer", isAny, () => onAsk("reassign")],
    ["later", "clock", isAny, () => onAsk("later")],
    ["answer", "check", asksTheSame(tasks), () => onAsk("answer")],
  ];
  return (
    <div className={styles["actions"]}>
      {given.map(([name, sign, isOffered, act]) => (
        <button
          key={name}
          type="button"
          disabled={!isOffered || isBusy}
          title={name === "answer" && isAny && !isOffered ? panel.sameOnly : undefined}
          onClick={act}
        >
          <Icon sign={sign} size={18} />
          <span>{panel.actions[name]}</span>
        </button>
      ))}
    </div>
  );
}
