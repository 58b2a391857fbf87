import { Button, Loader } from "@mantine/core";
import { type ReactElement, useMemo } from "react";
import { Failed } from "@/components/Failed";
import { useTexts } from "@/lib/texts";
import { toldOf } from "./history";
import styles from "./Log.module.css";
import { useHistory } from "./useInstance";
import { useWhen, When } from "./When";

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
  const lines = useMemo(
    () => toldOf(found.data?.pages.flatMap((one) => one.items) ?? [], { words, nameOf, when }),
    [found.data, words, nameOf, when],
  );
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
