import { Button, Checkbox, Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import shared from "@/components/panel.module.css";
import { markAllRead, useNotifications, useUnread } from "@/lib/notifications";
import { says } from "@/lib/says";
import { useMe, useNow } from "@/lib/session";
import { type Texts, useLocale, useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { dayOf } from "@/lib/time/zones";
import { byDay, type Day } from "./days";
import { NotificationRow } from "./NotificationRow";
import styles from "./Notifications.module.css";

/** What one was told, the newest first. */
export function NotificationList({ hasHead = true }: { hasHead?: boolean }): ReactElement {
  const { notifications } = useTexts();
  const [onlyUnread, setOnlyUnread] = useState(false);
  return (
    <section className={shared["list"]} aria-label={notifications.title}>
      {hasHead && (
        <header className={styles["head"]}>
          <h1 className={shared["title"]}>{notifications.title}</h1>
        </header>
      )}
      <div className={styles["tools"]}>
        <Checkbox
          label={notifications.onlyUnread}
          checked={onlyUnread}
          onChange={(event) => setOnlyUnread(event.currentTarget.checked)}
          size="xs"
        />
        <ReadAll />
      </div>
      <Found onlyUnread={onlyUnread} />
    </section>
  );
}

function ReadAll(): ReactElement {
  const texts = useTexts();
  const client = useQueryClient();
  const isAllRead = useUnread() === 0;
  const readAll = (): void =>
    void markAllRead(client).catch((error: unknown) => tell(says(error, texts), { isError: true }));
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      h={36}
      px={8}
      fz="0.8rem"
      disabled={isAllRead}
      onClick={readAll}
    >
      {texts.notifications.readAll}
    </Button>
  );
}

function Found({ onlyUnread }: { onlyUnread: boolean }): ReactElement {
  const texts = useTexts();
  const { time_zone: zone } = useMe();
  const found = useNotifications(onlyUnread);
  if (found.isPending)
    return (
      <div className={shared["wait"]}>
        <Loader size="sm" aria-label={texts.loading} />
      </div>
    );
  if (!found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const days = byDay(
    found.data.pages.flatMap((page) => page.items),
    zone,
  );
  if (days.length === 0) return <Nothing texts={texts} onlyUnread={onlyUnread} />;
  return (
    <div className={styles["days"]}>
      {days.map((day) => (
        <DayOfThem key={day.day} day={day} />
      ))}
      {found.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          my="xs"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {texts.notifications.more}
        </Button>
      )}
    </div>
  );
}

function Nothing({ texts, onlyUnread }: { texts: Texts; onlyUnread: boolean }): ReactElement {
  const { notifications } = texts;
  return (
    <Empty title={onlyUnread ? notifications.emptyUnread : notifications.empty} sign="bell">
      {!onlyUnread && notifications.emptyHint}
    </Empty>
  );
}

function DayOfThem({ day }: { day: Day }): ReactElement {
  const { notifications } = useTexts();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const today = dayOf(useNow(), zone);
  const near = { [today]: notifications.today, [today - 1]: notifications.yesterday }[day.day];
  return (
    <>
      <h2 className={shared["heading"]}>{near ?? dateText(day.day, locale)}</h2>
      <ul className={styles["rows"]}>
        {day.items.map((one) => (
          <NotificationRow key={one.id} told={one} />
        ))}
      </ul>
    </>
  );
}

function dateText(day: number, locale: string): string {
  const asked = { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" } as const;
  return new Intl.DateTimeFormat(locale, asked).format(new Date(day * 86_400_000));
}
