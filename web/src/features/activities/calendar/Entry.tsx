import type { CSSProperties, ReactElement } from "react";
import type { CalendarItem } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { fullText } from "@/lib/time/due";
import { ActivityLink } from "../ActivityLink";
import { numberOf } from "../data";
import styles from "./Calendar.module.css";

const LINE = 17; // pixels, as the style says
const PADDING = 4;

interface Given {
  item: CalendarItem;
  place?: CSSProperties & { height: number };
  /** In a line of its own, with its time before it. */
  isLine?: boolean;
  /** Without room for a second line. */
  isShort?: boolean;
  /** With room for its title only. */
  isNarrow?: boolean;
}

/** What stands in the calendar: an activity, or a step that was put there. */
export function Entry({
  item,
  place,
  isLine = false,
  isShort = false,
  isNarrow = false,
}: Given): ReactElement {
  const { activities: texts } = useTexts();
  const me = useMe();
  const locale = useLocale();
  const isMine = item.owner ? item.owner === me.name : me.roles.includes(item.owner_role);
  const clock = (at: string): string =>
    new Date(at).toLocaleTimeString(locale, { timeZone: me.time_zone, hour: "2-digit", minute: "2-digit" });
  const times = item.due ? `${clock(item.start)}–${clock(item.due)}` : clock(item.start);
  return (
    <div
      className={isLine ? styles["line"] : styles["entry"]}
      style={place}
      data-finished={item.is_finished || undefined}
      data-short={isShort || undefined}
      data-role={item.owner ? undefined : true}
    >
      <ActivityLink
        activity={item.kind === "activity" ? numberOf(item.id) : ""}
        step={item.step && (isMine || item.kind === "step") ? item.step : null}
        title={texts.entry(item.title, fullText(item.start, me.time_zone, locale))}
      >
        <span className={styles["words"]} style={place && { WebkitLineClamp: linesIn(place.height) }}>
          {!isNarrow && <span className={styles["time"]}>{isLine ? times : clock(item.start)}</span>}{" "}
          <span>{item.title}</span>
        </span>
      </ActivityLink>
    </div>
  );
}

/** How many whole lines a height has room for. */
function linesIn(height: number): number {
  return Math.max(1, Math.floor((height - PADDING) / LINE));
}
