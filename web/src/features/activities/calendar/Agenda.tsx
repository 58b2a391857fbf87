import type { ReactElement } from "react";
import type { CalendarItem } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { itemsOn } from "./days";
import { Entry } from "./Entry";
import styles from "./Calendar.module.css";

interface Given {
  days: readonly number[];
  today: number;
  items: readonly CalendarItem[];
}

/** The days that have something, one below the other, for narrow screens. */
export function Agenda({ days, today, items }: Given): ReactElement {
  const { activities: texts } = useTexts();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  const found = days
    .map((day) => ({ day, items: itemsOn(items, day, zone) }))
    .filter((one) => one.items.length > 0);
  return (
    <div className={styles["agenda"]}>
      {found.map(({ day, items: entries }) => (
        <section key={day} className="sw-card" data-today={day === today || undefined}>
          <h3>
            {format.format(new Date(day * 86_400_000))}
            {day === today && ` · ${texts.today}`}
          </h3>
          {entries.map((item) => (
            <Entry key={item.id} item={item} isLine />
          ))}
        </section>
      ))}
    </div>
  );
}
