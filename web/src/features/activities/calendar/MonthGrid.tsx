import type { ReactElement } from "react";
import type { CalendarItem } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { itemsOn, monthOf } from "./days";
import { Entry } from "./Entry";
import styles from "./Calendar.module.css";

interface Given {
  days: readonly number[];
  today: number;
  items: readonly CalendarItem[];
  /** Any day of the month that is shown. */
  month: number;
  onDay: (day: number) => void;
}

const FITS = 3;

/** The weeks of a month. */
export function MonthGrid({ days, today, items, month, onDay }: Given): ReactElement {
  const locale = useLocale();
  const [first, last] = monthOf(month);
  const name = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short" });
  return (
    <div className={`sw-card ${styles["month"]}`}>
      {days.slice(0, 7).map((day) => (
        <div key={day} className={styles["weekday"]}>
          {name.format(new Date(day * 86_400_000))}
        </div>
      ))}
      {days.map((day) => (
        <Day
          key={day}
          day={day}
          items={items}
          isToday={day === today}
          isOther={day < first || day > last}
          onDay={onDay}
        />
      ))}
    </div>
  );
}

interface DayGiven {
  day: number;
  items: readonly CalendarItem[];
  isToday: boolean;
  isOther: boolean;
  onDay: (day: number) => void;
}

function Day({ day, items, isToday, isOther, onDay }: DayGiven): ReactElement {
  const { activities: texts } = useTexts();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const found = itemsOn(items, day, zone);
  const date = new Date(day * 86_400_000);
  const full = new Intl.DateTimeFormat(locale, { timeZone: "UTC", dateStyle: "full" }).format(date);
  const shown = found.length > FITS ? found.slice(0, FITS - 1) : found;
  return (
    <div className={styles["cell"]} data-other={isOther || undefined}>
      <button
        type="button"
        className={styles["number"]}
        aria-label={full}
        aria-current={isToday ? "date" : undefined}
        onClick={() => onDay(day)}
      >
        {date.getUTCDate()}
      </button>
      {shown.map((item) => (
        <Entry key={item.id} item={item} />
      ))}
      {found.length > shown.length && (
        <button type="button" className={styles["more"]} onClick={() => onDay(day)}>
          {texts.more(found.length - shown.length)}
        </button>
      )}
    </div>
  );
}
