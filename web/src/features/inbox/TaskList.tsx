import { ActionIcon, Checkbox, Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactElement, useState } from "react";
import { Counter } from "@/components/Counter";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import { useInbox } from "@/lib/inbox";
import { liveState } from "@/lib/live/live";
import { useStore } from "@/lib/store";
import { type Texts, useTexts } from "@/lib/texts";
import { Rows } from "./Rows";
import styles from "./TaskList.module.css";

const TYPING = 200;

/** Business process tasks: what the person has to do now, or may take. */
export function TaskList({ hasHead = true }: { hasHead?: boolean }): ReactElement {
  const { inbox } = useTexts();
  const [search, setSearch] = useState("");
  const [withFuture, setWithFuture] = useState(false);
  const [wanted] = useDebouncedValue(search.trim(), TYPING);
  return (
    <section className={styles["list"]} aria-label={inbox.title}>
      {hasHead && (
        <header className={styles["head"]}>
          <h1 className={styles["title"]}>{inbox.title}</h1>
          <Counter />
        </header>
      )}
      <div className={styles["tools"]}>
        <SearchField value={search} onChange={setSearch} />
        <div className={styles["line"]}>
          <Checkbox
            label={inbox.future}
            checked={withFuture}
            onChange={(event) => setWithFuture(event.currentTarget.checked)}
            size="xs"
          />
          <LiveSign />
        </div>
      </div>
      <Offline />
      <Found search={wanted} withFuture={withFuture} />
    </section>
  );
}

function SearchField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}): ReactElement {
  const { inbox } = useTexts();
  return (
    <TextInput
      aria-label={inbox.search}
      placeholder={inbox.search}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      leftSection={<Icon sign="search" size={16} />}
      rightSection={
        value && (
          <ActionIcon variant="subtle" aria-label={inbox.clear} onClick={() => onChange("")}>
            <Icon sign="close" size={14} />
          </ActionIcon>
        )
      }
    />
  );
}

function Found({ search, withFuture }: { search: string; withFuture: boolean }): ReactElement {
  const texts = useTexts();
  const found = useInbox({ search, withFuture });
  if (found.isPending)
    return (
      <div className={styles["wait"]}>
        <Loader size="sm" aria-label={texts.loading} />
      </div>
    );
  if (!found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const tasks = found.data.pages.flatMap((page) => page.items);
  if (tasks.length === 0 && !found.hasNextPage) return <Nothing texts={texts} isSearch={search !== ""} />;
  return <Rows tasks={tasks} hasMore={found.hasNextPage} onMore={() => void found.fetchNextPage()} />;
}

function Nothing({ texts, isSearch }: { texts: Texts; isSearch: boolean }): ReactElement {
  if (isSearch) return <Empty title={texts.inbox.nothingFound} sign="search" />;
  return (
    <Empty title={texts.inbox.empty} sign="check">
      {texts.inbox.emptyHint}
    </Empty>
  );
}

function LiveSign(): ReactElement {
  const { shell } = useTexts();
  const state = useStore(liveState);
  const words = { live: shell.live, connecting: shell.connecting, offline: shell.offline }[state];
  return (
    <span className={styles["live"]} data-state={state}>
      {words}
    </span>
  );
}

function Offline(): ReactElement | null {
  const { shell } = useTexts();
  if (useStore(liveState) !== "offline") return null;
  return (
    <p className={styles["offline"]} role="status">
      {shell.offlineLong}
    </p>
  );
}
