import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactElement, useCallback, useEffect, useMemo, useRef } from "react";
import { useRoleNameOnly } from "@/components/names";
import shared from "@/components/panel.module.css";
import type { InboxTask } from "@/lib/api";
import { lookedAt } from "@/lib/inbox";
import type { Grouping } from "@/lib/panelView";
import { useMe, useNow } from "@/lib/session";
import { useLocale, useFirstTexts } from "@/lib/texts";
import { dayText } from "@/lib/time/due";
import { walking } from "@/lib/walk";
import { type Heading, type Row, rowsOf, timeOf } from "./grouping";
import { TaskRow } from "./TaskRow";
import styles from "./TaskList.module.css";

const walk = walking("[data-title]");
const HEADING = 34;
const TASK = 62;
const AHEAD = 60; // rows before the end at which the next page is read

interface Given {
  tasks: readonly InboxTask[];
  by: Grouping;
  /** When the tasks were read, in milliseconds. */
  readAt: number;
  hasMore: boolean;
  onMore: () => void;
}

/** Only the rows that can be seen are there, however many tasks there are. */
export function Rows({ tasks, by, readAt, hasMore, onMore }: Given): ReactElement {
  const texts = useFirstTexts();
  const { time_zone: zone } = useMe();
  const now = useNow();
  const place = useRef<HTMLDivElement>(null);
  const time = useMemo(() => timeOf(tasks, now, readAt), [tasks, now, readAt]);
  const rows = useMemo(() => rowsOf(tasks, by, new Date(time), zone), [tasks, by, time, zone]);
  // The same functions as long as the rows are the same: other ones would let all of them be measured anew.
  const getItemKey = useCallback((index: number) => keyOf(rows[index]), [rows]);
  const estimateSize = useCallback(
    (index: number) => (rows[index]?.kind === "heading" ? HEADING : TASK),
    [rows],
  );
  const getScrollElement = useCallback(() => place.current, []);
  const seen = useVirtualizer({
    count: rows.length,
    getScrollElement,
    estimateSize,
    getItemKey,
    overscan: 6,
  });
  const shown = seen.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    lookedAt.set(last);
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
            <Shown row={rows[item.index]} isByDay={by === "due"} now={now} />
          </li>
        ))}
      </ul>
      {hasMore && <p className={styles["more"]}>{texts.inbox.more}</p>}
    </div>
  );
}

interface ShownGiven {
  row: Row | undefined;
  isByDay: boolean;
  now: Date;
}

const Shown = memo(function Shown({ row, isByDay, now }: ShownGiven): ReactElement | null {
  if (!row) return null;
  if (row.kind === "task") return <TaskRow task={row.task} due={row.due} isByDay={isByDay} now={now} />;
  return <HeadingRow heading={row.heading} now={now} />;
});

function HeadingRow({ heading, now }: { heading: Heading; now: Date }): ReactElement {
  const { inbox, panel } = useFirstTexts();
  const language = useLocale();
  const { time_zone: zone } = useMe();
  const role = useRoleNameOnly(heading.kind === "role" ? heading.name : "");
  const isLate = heading.kind === "due" && heading.due === "overdue";
  const words = (): string => {
    if (heading.kind === "process") return heading.name;
    if (heading.kind === "role") return heading.name ? role || "\u00a0" : panel.mine;
    if (heading.kind === "day") return dayText(heading.at, now, { zone, language });
    return inbox.groups[heading.due as keyof typeof inbox.groups] ?? "";
  };
  return (
    <h3 className={`${shared["heading"]} ${styles["heading"]}`} data-late={isLate || undefined}>
      {words()}
    </h3>
  );
}

const keyOf = (row: Row | undefined): string => (row?.kind === "task" ? row.task.id : (row?.key ?? ""));
