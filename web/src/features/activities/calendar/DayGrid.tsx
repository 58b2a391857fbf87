import { type ReactElement, useEffect, useRef } from "react";
import type { CalendarItem } from "@/lib/api";
import { useMe, useNow } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { wallOf } from "@/lib/time/zones";
import { isLong, itemsOn, type Placed, placedOn } from "./days";
import { Entry } from "./Entry";
import styles from "./Calendar.module.css";

interface Given {
  days: readonly number[];
  today: number;
  items: readonly CalendarItem[];
  onDay: (day: number) => void;
}

const HOUR = 48; // pixels
const BEGINS = 7; // what is scrolled to
const WIDTH = 66; // pixels in which a title can be read
const MOST_WIDE = 3; // of what stands side by side
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Wide enough for the titles of what stands side by side. */
function widthOf(placed: readonly Placed[]): string {
  const columns = Math.min(Math.max(1, ...placed.map((one) => one.columns)), MOST_WIDE);
  return `minmax(${columns * WIDTH}px, 1fr)`;
}

/** One day or a week by its hours. */
export function DayGrid({ days, today, items, onDay }: Given): ReactElement {
  const { activities: texts } = useTexts();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current) place.current.scrollTop = BEGINS * HOUR;
  }, []);
  const placed = days.map((day) => placedOn(items, day, zone));
  const hour = new Intl.DateTimeFormat(locale, { timeZone: "UTC", hour: "2-digit", minute: "2-digit" });
  return (
    <div
      ref={place}
      className={`sw-card ${styles["grid"]}`}
      style={{ gridTemplateColumns: `56px ${placed.map(widthOf).join(" ")}` }}
      role="group"
      aria-label={texts.calendar}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
      tabIndex={0}
    >
      <div className={styles["corner"]} />
      {days.map((day) => (
        <DayHead
          key={day}
          day={day}
          isToday={day === today}
          long={itemsOn(items, day, zone).filter((item) => isLong(item, zone))}
          onDay={onDay}
        />
      ))}
      <div className={styles["hours"]} style={{ height: 24 * HOUR }} aria-hidden="true">
        {HOURS.slice(1).map((one) => (
          <span key={one} style={{ top: one * HOUR }}>
            {hour.format(new Date(one * 3_600_000))}
          </span>
        ))}
      </div>
      {days.map((day, index) => (
        <div
          key={day}
          className={styles["column"]}
          style={{ height: 24 * HOUR, backgroundSize: `100% ${HOUR}px` }}
        >
          {placed[index]?.map(({ item, from, to, column, columns }) => (
            <Entry
              key={item.id}
              item={item}
              isShort={to - from < 50}
              isNarrow={columns > 1}
              place={{
                position: "absolute",
                top: (from / 60) * HOUR,
                height: ((to - from) / 60) * HOUR - 2,
                left: `${(column / columns) * 100}%`,
                width: `calc(${100 / columns}% - 3px)`,
              }}
            />
          ))}
          {day === today && <Now zone={zone} />}
        </div>
      ))}
    </div>
  );
}

function DayHead({
  day,
  isToday,
  long,
  onDay,
}: {
  day: number;
  isToday: boolean;
  long: readonly CalendarItem[];
  onDay: (day: number) => void;
}): ReactElement {
  const locale = useLocale();
  const date = new Date(day * 86_400_000);
  const short = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short", day: "numeric" });
  const full = new Intl.DateTimeFormat(locale, { timeZone: "UTC", dateStyle: "full" });
  return (
    <div className={styles["dayHead"]}>
      <button
        type="button"
        title={full.format(date)}
        aria-current={isToday ? "date" : undefined}
        onClick={() => onDay(day)}
      >
        {short.format(date)}
      </button>
      {long.map((item) => (
        <Entry key={item.id} item={item} isShort isNarrow />
      ))}
    </div>
  );
}

function Now({ zone }: { zone: string }): ReactElement {
  const wall = wallOf(useNow(), zone);
  return (
    <div
      className={styles["now"]}
      style={{ top: (wall.hour + wall.minute / 60) * HOUR }}
      aria-hidden="true"
    />
  );
}
