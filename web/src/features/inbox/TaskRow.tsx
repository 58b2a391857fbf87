import { Link, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { KindIcon } from "@/components/icons";
import { usePersonName, useRoleNameOnly } from "@/components/names";
import shared from "@/components/panel.module.css";
import type { InboxTask } from "@/lib/api";
import { captionOf, isOfColleague } from "@/lib/inbox";
import { useMe } from "@/lib/session";
import { useLocale, useFirstTexts } from "@/lib/texts";
import { dueText, fullText, timeText } from "@/lib/time/due";
import { turn, useChosen } from "./choosing";
import type { DueName } from "./grouping";
import { RowMenu } from "./RowMenu";
import styles from "./TaskList.module.css";

interface Given {
  task: InboxTask;
  due: DueName;
  /** Whether it stands below its day. */
  isByDay: boolean;
  now: Date;
}

export function TaskRow({ task, due, isByDay, now }: Given): ReactElement {
  const isOpen = useSearch({ strict: false, select: (search) => search.step === task.id });
  const chosen = useChosen();
  const when = <When task={task} due={due} isByDay={isByDay} now={now} />;
  if (chosen) return <Choice task={task} isChosen={chosen.has(task.id)} when={when} />;
  return (
    <article className={`${shared["row"]} ${styles["row"]}`} data-open={isOpen || undefined}>
      <Kind task={task} />
      <div className={shared["words"]}>
        <Link
          to="."
          search={(search) => ({ ...search, step: task.id })}
          className={`${shared["link"]} ${styles["link"]}`}
          data-title=""
          title={task.title}
        >
          {task.title}
        </Link>
        <Caption task={task} />
      </div>
      <div className={shared["end"]}>
        {when}
        <RowMenu task={task} />
      </div>
    </article>
  );
}

/** While tasks are chosen, the whole row turns its box. */
function Choice({
  task,
  isChosen,
  when,
}: {
  task: InboxTask;
  isChosen: boolean;
  when: ReactElement;
}): ReactElement {
  const { panel } = useFirstTexts();
  return (
    <label className={`${shared["row"]} ${styles["row"]}`} data-open={isChosen || undefined}>
      <span className={styles["box"]}>
        <input
          type="checkbox"
          data-title=""
          checked={isChosen}
          aria-label={panel.chooseOne(task.title)}
          onChange={() => turn(task)}
        />
      </span>
      <span className={shared["words"]}>
        <b className={`${shared["link"]} ${styles["link"]}`}>{task.title}</b>
        <Caption task={task} />
      </span>
      <span className={shared["end"]}>{when}</span>
    </label>
  );
}

function Kind({ task }: { task: InboxTask }): ReactElement {
  const { kinds } = useFirstTexts();
  const kind = kinds[task.kind as keyof typeof kinds] ?? kinds.plain;
  return (
    <span className={`${shared["sign"]} ${styles["kind"]}`} title={kind}>
      <KindIcon kind={task.kind} />
      <span className="sw-hidden">{kind}</span>
    </span>
  );
}

function Caption({ task }: { task: InboxTask }): ReactElement {
  return (
    <>
      <span className={styles["caption"]}>{captionOf(task)}</span>
      <Badges task={task} />
    </>
  );
}

function Badges({ task }: { task: InboxTask }): ReactElement | null {
  const { inbox } = useFirstTexts();
  const isTaken = isOfColleague(task, useMe().name);
  if (!task.role && !task.missing && !isTaken) return null;
  return (
    <span className={styles["badges"]}>
      {isTaken && <Taken by={task.assignee} />}
      {task.role && <OfRole name={task.role} />}
      {task.missing && <span className={styles["badge"]}>{inbox.missing[task.missing]}</span>}
    </span>
  );
}

function OfRole({ name }: { name: string }): ReactElement {
  const { inbox } = useFirstTexts();
  const role = useRoleNameOnly(name);
  if (!role)
    return (
      <span className={styles["badge"]} style={{ visibility: "hidden" }}>
        …
      </span>
    );
  return (
    <span className={styles["badge"]} title={inbox.ofRole(role)}>
      {role}
    </span>
  );
}

function Taken({ by }: { by: string }): ReactElement {
  const { panel } = useFirstTexts();
  return <span className={styles["badge"]}>{panel.takenBy(usePersonName(by))}</span>;
}

function When({ task, due, isByDay, now }: Given): ReactElement | null {
  const { inbox } = useFirstTexts();
  const language = useLocale();
  const { time_zone: zone } = useMe();
  const at = due === "future" ? task.start_at : task.due_at;
  if (!at) return null;
  const full = fullText(at, zone, language);
  const isTimeOnly = isByDay && (due === "tomorrow" || due === "week" || due === "later");
  return (
    <time
      dateTime={at}
      className={`${shared["when"]} ${styles["when"]}`}
      data-late={due === "overdue" || undefined}
      title={due === "future" ? inbox.starts(full) : inbox.due(full)}
    >
      {isTimeOnly ? timeText(at, { zone, language }) : dueText(at, now, { zone, language, late: inbox.late })}
    </time>
  );
}
