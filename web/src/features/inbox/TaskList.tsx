import { Checkbox, Loader, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactElement, useMemo, useState } from "react";
import { Counter } from "@/components/Counter";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import shared from "@/components/panel.module.css";
import type { InboxTask } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useInbox } from "@/lib/inbox";
import { liveState } from "@/lib/live/live";
import { FIRST, isNarrowed, type View } from "@/lib/panelView";
import { useMe } from "@/lib/session";
import { useStore } from "@/lib/store";
import { useFirstTexts } from "@/lib/texts";
import { useChosen } from "./choosing";
import { useLooking } from "./looking";
import { Rows } from "./Rows";
import { Tools } from "./Tools";
import styles from "./TaskList.module.css";

const TYPING = 200;
const ChosenBar = deferred(() => import("./ChosenBar").then((found) => found.ChosenBar));

/** Business process tasks: what the person has to do now, or may take. */
export function TaskList({ hasHead = true }: { hasHead?: boolean }): ReactElement {
  const { inbox } = useFirstTexts();
  const { view, change } = useLooking();
  return (
    <section className={shared["list"]} aria-label={inbox.title}>
      {hasHead && (
        <header className={styles["head"]}>
          <h1 className={`${shared["title"]} ${styles["title"]}`}>{inbox.title}</h1>
          <Counter />
        </header>
      )}
      <div className={styles["tools"]}>
        <SearchField />
        <Tools />
        <div className={styles["line"]}>
          <Checkbox
            label={inbox.future}
            checked={view.withFuture}
            onChange={(event) => change({ withFuture: event.currentTarget.checked })}
            size="xs"
          />
          <LiveSign />
        </div>
      </div>
      <Offline />
      <Found view={view} />
    </section>
  );
}

/** What is typed is searched for a moment later. */
function SearchField(): ReactElement {
  const { inbox } = useFirstTexts();
  const { view, change } = useLooking();
  const [typing, setTyping] = useState<string | null>(null);
  const typed = typing ?? view.search;
  const search = useDebouncedCallback((text: string) => {
    const words = text.trim();
    change({ search: words });
    setTyping(words === text ? null : text);
  }, TYPING);
  const type = (text: string): void => {
    setTyping(text);
    search(text);
  };
  return (
    <TextInput
      aria-label={inbox.search}
      placeholder={inbox.search}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<Icon sign="search" size={16} />}
      rightSection={
        typed && (
          <button type="button" className={styles["clear"]} aria-label={inbox.clear} onClick={() => type("")}>
            <Icon sign="close" size={14} />
          </button>
        )
      }
    />
  );
}

const NONE: readonly InboxTask[] = [];

function Found({ view }: { view: View }): ReactElement {
  const texts = useFirstTexts();
  const found = useInbox(view, useMe().time_zone);
  const isChoosing = useChosen() !== null;
  const pages = found.data?.pages;
  const tasks = useMemo(() => pages?.flatMap((page) => page.items) ?? NONE, [pages]);
  if (found.isPending)
    return (
      <div className={shared["wait"]}>
        <Loader size="sm" aria-label={texts.loading} />
      </div>
    );
  if (!found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const more = (): void => {
    if (!found.isFetching) void found.fetchNextPage();
  };
  const isEmpty = tasks.length === 0 && !found.hasNextPage;
  return (
    <>
      {pages?.some((page) => page.is_complete === false) && (
        <p className={styles["note"]} role="status">
          {texts.panel.newest}
        </p>
      )}
      {isEmpty ? (
        <Nothing view={view} />
      ) : (
        <Rows
          tasks={tasks}
          by={view.group}
          readAt={found.dataUpdatedAt}
          hasMore={found.hasNextPage}
          onMore={more}
        />
      )}
      {isChoosing && <ChosenBar shown={tasks} />}
    </>
  );
}

function Nothing({ view }: { view: View }): ReactElement {
  const { inbox, panel } = useFirstTexts();
  const { look } = useLooking();
  if (!isNarrowed(view))
    return (
      <Empty title={inbox.empty} sign="check">
        {inbox.emptyHint}
      </Empty>
    );
  const isTaken = view.quick === "taken" && view.search === "";
  return (
    <Empty
      title={view.search ? inbox.nothingFound : isTaken ? panel.nothingTaken : panel.nothing}
      sign="search"
    >
      <button
        type="button"
        className={styles["all"]}
        onClick={() => look({ view: { ...FIRST, sort: view.sort, group: view.group }, saved: null })}
      >
        {panel.reset}
      </button>
    </Empty>
  );
}

function LiveSign(): ReactElement {
  const { shell } = useFirstTexts();
  const state = useStore(liveState);
  const words = { live: shell.live, connecting: shell.connecting, offline: shell.offline }[state];
  return (
    <span className={styles["live"]} data-state={state}>
      {words}
    </span>
  );
}

function Offline(): ReactElement | null {
  const { shell } = useFirstTexts();
  if (useStore(liveState) !== "offline") return null;
  return (
    <p className={styles["offline"]} role="status">
      {shell.offlineLong}
    </p>
  );
}
