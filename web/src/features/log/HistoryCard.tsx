import { Button, Loader } from "@mantine/core";
import { type ReactElement, useMemo } from "react";
import { Failed } from "@/components/Failed";
import { useCalled } from "@/components/names";
import { useRecordTypes } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import { toldOf, whoIn } from "./history";
import styles from "./Log.module.css";
import { useHistory } from "./useInstance";
import { useWhen, When } from "@/components/When";

interface Given {
  instance: string;
  nameOf: (element: string) => string;
}

/** What happened, in words, the oldest first. */
export function HistoryCard({ instance, nameOf }: Given): ReactElement {
  const texts = useTexts();
  const { page, history: words } = texts.log;
  const found = useHistory(instance);
  const when = useWhen();
  const entries = useMemo(() => found.data?.pages.flatMap((one) => one.items) ?? [], [found.data]);
  const who = useMemo(() => whoIn(entries), [entries]);
  const called = useCalled(who.people, who.roles);
  const types = useRecordTypes();
  const typeOf = (name: string): string => types.data?.find((one) => one.name === name)?.label ?? name;
  const lines = toldOf(entries, { words, nameOf, when, called, typeOf });
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="log-history">
      <h2 id="log-history">{page.history}</h2>
      {found.isPending && <Loader size="sm" aria-label={texts.loading} />}
      {!found.data && found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && lines.length === 0 && <p className={styles["nothing"]}>{page.noHistory}</p>}
      <ol className={styles["history"]}>
        {lines.map((line) => (
          <li key={line.key} data-bad={line.isBad || undefined}>
            <When at={line.at} />
            <p>
              {line.text}
              {line.reason && <span className="sw-quiet"> {page.reason(line.reason)}</span>}
            </p>
          </li>
        ))}
      </ol>
      {found.hasNextPage && (
        <Button
          variant="subtle"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {page.historyMore}
        </Button>
      )}
    </section>
  );
}
