import { Button, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { Icon, KindIcon } from "@/components/icons";
import type { InboxTask, Process } from "@/lib/api";
import { captionOf, useInbox } from "@/lib/inbox";
import { askToRun } from "@/lib/opening";
import { FIRST } from "@/lib/panelView";
import { useProcesses } from "@/lib/processes";
import { useMe, useNow } from "@/lib/session";
import { useLocale, useFirstTexts } from "@/lib/texts";
import { dueText, groupOf } from "@/lib/time/due";
import styles from "./Home.module.css";

const MOST = 5;

/** Where the day begins: what is next, and what one starts often. */
export function HomePage(): ReactElement {
  const { home } = useFirstTexts();
  const me = useMe();
  return (
    <div className={styles["page"]}>
      <Title order={1} size="h3">
        {home.title(me.display_name || me.name)}
      </Title>
      <Text c="dimmed" mb="lg">
        {home.lead}
      </Text>
      <div className={styles["cards"]}>
        <Next />
        <Starts />
      </div>
    </div>
  );
}

function Next(): ReactElement {
  const { home } = useFirstTexts();
  const found = useInbox(FIRST, useMe().time_zone);
  const tasks = found.data?.pages.flatMap((page) => page.items).slice(0, MOST) ?? [];
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="home-next">
      <h2 id="home-next">{home.next}</h2>
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && tasks.length === 0 && <Text c="dimmed">{home.nothing}</Text>}
      <ul>
        {tasks.map((task) => (
          <NextRow key={task.id} task={task} />
        ))}
      </ul>
      {tasks.length > 0 && <Link to="/tasks">{home.allTasks}</Link>}
    </section>
  );
}

function NextRow({ task }: { task: InboxTask }): ReactElement {
  const { inbox } = useFirstTexts();
  const { time_zone: zone } = useMe();
  const language = useLocale();
  const now = useNow();
  return (
    <li>
      <Link to="." search={(search) => ({ ...search, step: task.id })} className={styles["row"] ?? ""}>
        <span className={styles["sign"]}>
          <KindIcon kind={task.kind} />
        </span>
        <span className={styles["name"]}>
          {task.title}
          <span className={styles["caption"]}>{captionOf(task)}</span>
        </span>
        {task.due_at && (
          <span
            className={styles["when"]}
            data-late={groupOf(task.due_at, now, zone) === "overdue" || undefined}
          >
            {dueText(task.due_at, now, { zone, language, late: inbox.late })}
          </span>
        )}
      </Link>
    </li>
  );
}

function Starts(): ReactElement {
  const { home } = useFirstTexts();
  const found = useProcesses();
  const often = found.data?.filter((one) => one.is_favourite || one.last_started_at).slice(0, MOST) ?? [];
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="home-start">
      <h2 id="home-start">{home.start}</h2>
      <Text c="dimmed">{home.startHint}</Text>
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      <ul>
        {often.map((process) => (
          <StartRow key={process.process_id} process={process} />
        ))}
      </ul>
      <Button variant="default" mt="xs" onClick={() => askToRun(null)}>
        {home.all}
      </Button>
    </section>
  );
}

function StartRow({ process }: { process: Process }): ReactElement {
  return (
    <li>
      <button type="button" className={styles["row"]} onClick={() => askToRun(process)}>
        <span className={styles["sign"]}>
          <Icon sign={process.is_favourite ? "star" : "run"} filled size={16} />
        </span>
        <span className={styles["name"]}>{process.name}</span>
      </button>
    </li>
  );
}
