import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef } from "react";
import type { InboxTask } from "@/lib/api";
import { useMe, useNow } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { type Row, rowsOf } from "./grouping";
import { TaskRow } from "./TaskRow";
import styles from "./TaskList.module.css";

const HEADING = 34;
const TASK = 62;
const AHEAD = 15; // rows before the end at which the next page is read

interface Given {
  tasks: readonly InboxTask[];
  hasMore: boolean;
  onMore: () => void;
}

/** Only the rows that can be seen are there, however many tasks there are. */
export function Rows({ tasks, hasMore, onMore }: Given): ReactElement {
  const texts = useTexts();
  const { time_zone: zone } = useMe();
  const now = useNow();
  const place = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(tasks, now, zone), [tasks, now, zone]);
  const seen = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: (index) => (rows[index]?.kind === "heading" ? HEADING : TASK),
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 6,
  });
  const shown = seen.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onMore();
  }, [hasMore, last, rows.length, onMore]);

  return (
    <div ref={place} className={styles["rows"]}>
      <ul style={{ height: seen.getTotalSize() }} onKeyDown={walk}>
        {shown.map((item) => (
          <li
            key={item.key}
            ref={seen.measureElement}
            data-index={item.index}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <Shown row={rows[item.index]} now={now} />
          </li>
        ))}
      </ul>
      {hasMore && <p className={styles["more"]}>{texts.inbox.more}</p>}
    </div>
  );
}

function Shown({ row, now }: { row: Row | undefined; now: Date }): ReactElement | null {
  const { inbox } = useTexts();
  if (!row) return null;
  if (row.kind === "task") return <TaskRow task={row.task} group={row.group} now={now} />;
  return (
    <h3 className={styles["heading"]} data-group={row.group}>
      {inbox.groups[row.group]}
    </h3>
  );
}

const keyOf = (row: Row | undefined): string =>
  row?.kind === "task" ? row.task.id : `[${row?.group ?? ""}]`;

/** Arrow keys go from title to title. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const titles = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-title]")];
  const index = titles.indexOf(document.activeElement as HTMLElement);
  if (step === undefined || index < 0) return;
  event.preventDefault();
  titles[index + step]?.focus();
}
