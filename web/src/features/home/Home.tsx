import { Button, Text, Title } from "@mantine/core";
import { Link, useSearch } from "@tanstack/react-router";
import { type ComponentType, type ReactElement, type ReactNode, useCallback, useRef, useState } from "react";
import { Failed } from "@/components/Failed";
import { Icon, KindIcon } from "@/components/icons";
import type { InboxTask, Process } from "@/lib/api";
import { captionOf, useInbox } from "@/lib/inbox";
import { askToRun } from "@/lib/opening";
import { FIRST } from "@/lib/panelView";
import { startedLately, useProcesses } from "@/lib/processes";
import { useMe, useNow } from "@/lib/session";
import { useLocale, useFirstTexts } from "@/lib/texts";
import { dueText, groupOf } from "@/lib/time/due";
import styles from "./Home.module.css";

const MOST = 5;

/** What answers a question right here. */
type Answer = ComponentType<{ id: string; title: string; isListed: boolean; onOver: () => void }>;

/** Where the day begins: what is next, and what one starts often. */
export function Home({ Answer }: { Answer: Answer }): ReactElement {
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
        <Next Answer={Answer} />
        <Starts />
      </div>
    </div>
  );
}

function Next({ Answer }: { Answer: Answer }): ReactElement {
  const { home } = useFirstTexts();
  const found = useInbox(FIRST, useMe().time_zone);
  const all = found.data?.pages.flatMap((page) => page.items) ?? [];
  const { asked, isAsked, isListed, onOver, heading } = useAsked(all, found.isSuccess);
  const others = all.filter((task) => task.id !== asked?.id).slice(0, asked ? MOST - 1 : MOST);
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="home-next">
      <h2 id="home-next" ref={heading} tabIndex={-1}>
        {home.next}
      </h2>
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && all.length === 0 && !asked && <Text c="dimmed">{home.nothing}</Text>}
      <ul>
        {asked && (
          <NextRow key={asked.id} task={asked}>
            {isAsked && (
              <div className={styles["answer"]}>
                <Answer id={asked.id} title={asked.title} isListed={isListed} onOver={onOver} />
              </div>
            )}
          </NextRow>
        )}
        {others.map((task) => (
          <NextRow key={task.id} task={task} />
        ))}
      </ul>
      {all.length > 0 && <Link to="/tasks">{home.allTasks}</Link>}
    </section>
  );
}

/**
 * The question of the person's own that is answered here; what is offered to a role is opened by who wants it. It stays, whatever comes before it, so that nobody answers another one by mistake.
 */
function useAsked(all: readonly InboxTask[], isRead: boolean) {
  const { name: me } = useMe();
  const [asked, setAsked] = useState<InboxTask | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const open = useSearch({ strict: false, select: (search) => search.step });
  const [first] = all;
  if (asked === null && first?.kind === "question" && first.assignee === me) setAsked(first);
  const listed = all.find((task) => task.id === asked?.id);
  const onOver = useCallback(() => {
    const hadFocus = heading.current?.parentElement?.contains(document.activeElement);
    if (hadFocus) heading.current?.focus();
    setAsked(null);
  }, []);
  return {
    asked: listed ?? asked,
    isAsked: asked !== null && asked.id !== open,
    isListed: !isRead || listed !== undefined,
    onOver,
    heading,
  };
}

function NextRow({ task, children }: { task: InboxTask; children?: ReactNode }): ReactElement {
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
      {children}
    </li>
  );
}

function Starts(): ReactElement {
  const { home } = useFirstTexts();
  const found = useProcesses();
  const items = found.data ?? [];
  const favourites = items.filter((one) => one.is_favourite);
  const often = [...favourites, ...startedLately(items.filter((one) => !one.is_favourite))].slice(0, MOST);
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
