import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { useElementName } from "@/components/elementNames";
import { NamedValue } from "@/components/record/NamedValue";
import { PersonName } from "@/components/PersonName";
import { When } from "@/components/When";
import {
  get,
  type RecordsReadingHistoryEntry as HistoryEntry,
  type ServicesRecordsReadingHistoryPage as Page,
  part,
  type Record as Kept,
  type RecordTypeView,
} from "@/lib/api";
import { useTexts } from "@/lib/texts";
import styles from "./Record.module.css";

const FIRST = 10;

/** Who changed what from what to what, in words; the newest first. */
export function History({ type, record }: { type: RecordTypeView; record: Kept }): ReactElement | null {
  const { record: texts, table } = useTexts();
  const number = record.id.slice(type.name.length + 1);
  const found = useInfiniteQuery({
    queryKey: ["record-history", type.name, number, record.revision],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      get<Page>(`/records/${part(type.name)}/${part(number)}/history`, {
        limit: FIRST,
        after: pageParam || null,
      }),
    getNextPageParam: (last) => last.after ?? null,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={`sw-card ${styles["aside"]}`} aria-label={texts.history}>
      <h2>{texts.history}</h2>
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      <ul className={styles["entries"]}>
        {items.map((entry) => (
          <li key={entry.revision}>
            <Entry entry={entry} type={type} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="subtle"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {table.more}
        </Button>
      )}
    </section>
  );
}

function Entry({ entry, type }: { entry: HistoryEntry; type: RecordTypeView }): ReactElement {
  const { record: texts } = useTexts();
  const words = { added: texts.wasAdded, changed: texts.wasChanged, deleted: texts.wasDeleted };
  const isAdded = entry.kind === "added";
  return (
    <div>
      <p>
        <strong>{entry.actor ? <PersonName name={entry.actor} /> : texts.stepwell}</strong>{" "}
        {words[entry.kind as keyof typeof words] ?? entry.kind}
        {entry.element && <InStep entry={entry} />} · <When at={entry.at} />
      </p>
      {!isAdded &&
        entry.changes.map((change) => {
          const field = type.fields.find((one) => one.name === change.field);
          return (
            <p key={change.field}>
              <span className="sw-quiet">{change.label}:</span>{" "}
              {field ? (
                <>
                  <del>
                    <NamedValue field={field} value={change.old} />
                  </del>{" "}
                  → <NamedValue field={field} value={change.new} />
                </>
              ) : (
                `${String(change.old ?? "–")} → ${String(change.new ?? "–")}`
              )}
            </p>
          );
        })}
    </div>
  );
}

/** The step of a process that made the change, and the way to its run. */
function InStep({ entry }: { entry: HistoryEntry }): ReactElement {
  const { record: texts } = useTexts();
  const { name, isHidden } = useElementName(entry.instance_id ?? "", entry.element);
  const words = name ? texts.inStep(name) : texts.inSomeStep;
  if (!entry.instance_id || isHidden) return <> {words}</>;
  return (
    <>
      {" "}
      <Link to="/log/$id" params={{ id: entry.instance_id }}>
        {words}
      </Link>
    </>
  );
}
