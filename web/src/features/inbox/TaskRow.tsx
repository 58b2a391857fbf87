import { Link, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { KindIcon } from "@/components/icons";
import type { InboxTask } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { dueText, fullText } from "@/lib/time/due";
import { RowMenu } from "./RowMenu";
import type { GroupName } from "./grouping";
import styles from "./TaskList.module.css";

interface Given {
  task: InboxTask;
  group: GroupName;
  now: Date;
}

export function TaskRow({ task, group, now }: Given): ReactElement {
  const texts = useTexts();
  const isOpen = useSearch({ strict: false, select: (search) => search.step === task.id });
  const kind = texts.kinds[task.kind as keyof typeof texts.kinds] ?? texts.kinds.plain;
  return (
    <article className={styles["row"]} data-open={isOpen || undefined}>
      <span className={styles["kind"]} title={kind}>
        <KindIcon kind={task.kind} />
        <span className="sw-hidden">{kind}</span>
      </span>
      <div className={styles["words"]}>
        <Link
          to="."
          search={(search) => ({ ...search, step: task.id })}
          className={styles["link"] ?? ""}
          data-title=""
          title={task.title}
        >
          {task.title}
        </Link>
        <p className={styles["caption"]}>{captionOf(task)}</p>
        <Badges task={task} />
      </div>
      <div className={styles["end"]}>
        <When task={task} group={group} now={now} />
        <RowMenu task={task} />
      </div>
    </article>
  );
}

function captionOf(task: InboxTask): string {
  const names = [
    task.instance_caption,
    task.process_name,
    ...(task.connections ?? []).map((one) => one.title),
  ];
  return [...new Set(names.filter(Boolean))].slice(0, 2).join(" · ");
}

function Badges({ task }: { task: InboxTask }): ReactElement | null {
  const { inbox } = useTexts();
  if (!task.role && !task.missing) return null;
  return (
    <p className={styles["badges"]}>
      {task.role && (
        <span className={styles["badge"]} title={inbox.ofRole(task.role)}>
          {task.role}
        </span>
      )}
      {task.missing && <span className={styles["badge"]}>{inbox.missing[task.missing]}</span>}
    </p>
  );
}

function When({ task, group, now }: Given): ReactElement | null {
  const { inbox } = useTexts();
  const language = useLocale();
  const { time_zone: zone } = useMe();
  const at = group === "future" ? task.start_at : task.due_at;
  if (!at) return null;
  const full = fullText(at, zone, language);
  return (
    <time
      dateTime={at}
      className={styles["when"]}
      data-late={group === "overdue" || undefined}
      title={group === "future" ? inbox.starts(full) : inbox.due(full)}
    >
      {dueText(at, now, { zone, language, late: inbox.late })}
    </time>
  );
}
