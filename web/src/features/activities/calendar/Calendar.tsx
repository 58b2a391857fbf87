import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import { useIsNarrow } from "@/lib/screen";
import { useMe, useNow } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { dayOf } from "@/lib/time/zones";
import { type ActivitySearch, isNarrowed, type Span } from "../search";
import { useCalendar } from "../data";
import { Agenda } from "./Agenda";
import { DayGrid } from "./DayGrid";
import { dayFrom, daysShown, dayText, moved, startOfDay } from "./days";
import { MonthGrid } from "./MonthGrid";
import styles from "./Calendar.module.css";

interface Given {
  search: ActivitySearch;
  onGo: (changed: { span?: Span; at?: string }) => void;
}

/** What stands in the calendar around a day, in the person's zone. */
export function Calendar({ search, onGo }: Given): ReactElement {
  const { span = "week", at } = search;
  const { activities: texts } = useTexts();
  const { time_zone: zone } = useMe();
  const isNarrow = useIsNarrow();
  const today = dayOf(useNow(), zone);
  const day = at ? dayFrom(at) : today;
  const days = daysShown(span, day);
  const found = useCalendar(search, startOfDay(days[0] ?? day, zone), days.length);
  if (found.error && !found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const items = found.data?.items ?? [];
  const onDay = (chosen: number): void => onGo({ span: "day", at: dayText(chosen) });
  const shown = { days, today, items };
  return (
    <section className={styles["calendar"]} aria-label={texts.calendar} aria-busy={found.isFetching}>
      <Bar span={span} day={day} onGo={onGo} />
      {found.data?.is_complete === false && (
        <p role="status" className={styles["notice"]}>
          {texts.notAll}
        </p>
      )}
      {isNarrow && span !== "day" ? (
        <Agenda {...shown} />
      ) : span === "month" ? (
        <MonthGrid {...shown} month={day} onDay={onDay} />
      ) : (
        <DayGrid {...shown} onDay={onDay} />
      )}
      {found.data && items.length === 0 && (
        <p className={styles["nothing"]}>{isNarrowed(search) ? texts.emptyFilter : texts.calendarEmpty}</p>
      )}
    </section>
  );
}

function Bar({ span, day, onGo }: { span: Span; day: number; onGo: Given["onGo"] }): ReactElement {
  const { activities: texts } = useTexts();
  const locale = useLocale();
  const { time_zone: zone } = useMe();
  const today = dayText(dayOf(useNow(), zone));
  return (
    <div className={styles["bar"]}>
      <Button variant="default" onClick={() => onGo({ at: today })}>
        {texts.today}
      </Button>
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={texts.earlier}
        className={styles["back"] ?? ""}
        onClick={() => onGo({ at: dayText(moved(span, day, -1)) })}
      >
        <Icon sign="chevron" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={texts.later}
        onClick={() => onGo({ at: dayText(moved(span, day, 1)) })}
      >
        <Icon sign="chevron" />
      </ActionIcon>
      <h2 aria-live="polite">{titleOf(span, day, locale)}</h2>
      <SegmentedControl
        aria-label={texts.span}
        data={[
          { value: "day", label: texts.day },
          { value: "week", label: texts.week },
          { value: "month", label: texts.month },
        ]}
        value={span}
        onChange={(chosen) => onGo({ span: chosen as Span, at: dayText(day) })}
      />
    </div>
  );
}

function titleOf(span: Span, day: number, locale: string): string {
  const days = daysShown(span, day);
  const at = (one: number): Date => new Date(one * 86_400_000);
  const format = (asked: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...asked });
  if (span === "month") return format({ month: "long", year: "numeric" }).format(at(day));
  if (span === "day")
    return format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at(day));
  const whole = format({ day: "numeric", month: "short", year: "numeric" });
  return whole.formatRange(at(days[0] ?? day), at(days.at(-1) ?? day));
}
