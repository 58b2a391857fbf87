import { Button } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import {
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
} from "react";
import { Counter } from "@/components/Counter";
import { Icon } from "@/components/icons";
import { Unread } from "@/components/Unread";
import { TaskList } from "@/features/inbox/TaskList";
import { deferred } from "@/lib/deferred";
import { useFirstTexts } from "@/lib/texts";
import styles from "./Panel.module.css";

const NotificationList = deferred(() =>
  import("@/features/notifications/NotificationList").then((found) => found.NotificationList),
);

export type Side = "tasks" | "notifications";
const SIDES: readonly Side[] = ["tasks", "notifications"];

interface Given {
  side: Side;
  onSide: (side: Side) => void;
  /** Over the page, not beside it. */
  isOver?: boolean;
  onKeep?: () => void;
}

/** The communication panel: what there is to do, and what one was told. */
export function Panel({ side, onSide, isOver = false, onKeep }: Given): ReactElement {
  const { inbox, notifications } = useFirstTexts();
  return (
    <aside
      className={styles["panel"]}
      data-over={isOver || undefined}
      aria-label={side === "tasks" ? inbox.title : notifications.title}
    >
      <Sides side={side} onSide={onSide} />
      <div role="tabpanel" id="panel-side" aria-labelledby={`panel-${side}`} className={styles["side"]}>
        {side === "tasks" ? <TaskList hasHead={false} /> : <NotificationList hasHead={false} />}
      </div>
      {isOver && (
        <Button
          variant="subtle"
          radius={0}
          leftSection={<Icon sign="panel" size={16} />}
          onClick={onKeep}
          className={styles["keep"] ?? ""}
        >
          {notifications.keepOpen}
        </Button>
      )}
    </aside>
  );
}

function Sides({ side, onSide }: { side: Side; onSide: (side: Side) => void }): ReactElement {
  const texts = useFirstTexts();
  const bar = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const other = side === "tasks" ? "notifications" : "tasks";
    onSide(other);
    bar.current?.querySelector<HTMLElement>(`#panel-${other}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={texts.notifications.panel} className={styles["sides"]} ref={bar}>
      {SIDES.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`panel-${one}`}
          aria-selected={one === side}
          aria-controls="panel-side"
          tabIndex={one === side ? 0 : -1}
          onClick={() => onSide(one)}
          onKeyDown={step}
        >
          {texts[one === "tasks" ? "inbox" : "notifications"].title}
          {one === "tasks" ? <Counter /> : <Unread />}
        </button>
      ))}
    </div>
  );
}

interface RailGiven {
  /** What is shown over the page; null: nothing. */
  over: Side | null;
  onOver: (side: Side | null) => void;
  onKeep: () => void;
}

/** The panel closed: its counters stay, and a press shows it over the page. */
export function Rail({ over, onOver, onKeep }: RailGiven): ReactElement {
  const texts = useFirstTexts();
  const rail = useClickOutside<HTMLDivElement>((event) => {
    const target = event.target as Element | null;
    // Menus and dialogs of the panel are drawn outside of it.
    if (over && target?.closest("#root")) onOver(null);
  });
  useOver(rail, over, onOver);
  return (
    <div ref={rail} className={styles["railPlace"]}>
      {over && (
        <div className={styles["over"]}>
          <Panel side={over} onSide={onOver} isOver onKeep={onKeep} />
        </div>
      )}
      <aside className={styles["rail"]} aria-label={texts.notifications.panel}>
        {SIDES.map((one) => (
          <button
            key={one}
            type="button"
            data-side={one}
            aria-expanded={over === one}
            onClick={() => onOver(over === one ? null : one)}
          >
            <Icon sign={one === "tasks" ? "tasks" : "bell"} />
            <span className="sw-hidden">{texts[one === "tasks" ? "inbox" : "notifications"].title}</span>
            {one === "tasks" ? <Counter /> : <Unread />}
          </button>
        ))}
      </aside>
    </div>
  );
}

/** What opens over the page gets the focus; Escape closes it, and the focus is where it was. */
function useOver(
  rail: RefObject<HTMLDivElement | null>,
  over: Side | null,
  onOver: RailGiven["onOver"],
): void {
  const close = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || !rail.current?.contains(event.target as Element))
      return;
    rail.current.querySelector<HTMLElement>(`[data-side="${over}"]`)?.focus();
    onOver(null);
  });
  useEffect(() => {
    if (!over) return;
    rail.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, [rail, over]);
}
