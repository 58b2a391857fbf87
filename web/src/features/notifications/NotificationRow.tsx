import { Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Icon, type Sign } from "@/components/icons";
import { usePersonName } from "@/components/names";
import shared from "@/components/panel.module.css";
import type { Notification } from "@/lib/api";
import { comeAgain, markRead, whatOf } from "@/lib/notifications";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { fullText } from "@/lib/time/due";
import { atHour } from "@/lib/time/zones";
import { tell } from "@/lib/toasts";
import { RemindAgain } from "./RemindAgain";
import styles from "./Notifications.module.css";

const SIGNS: Record<Notification["kind"], Sign> = {
  reminder: "bell",
  overdue: "clock",
  step: "tasks",
  comment: "comment",
  incident: "warning",
};

export function NotificationRow({ told }: { told: Notification }): ReactElement {
  const { notifications } = useTexts();
  const client = useQueryClient();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const by = usePersonName(told.by ?? "");
  const isUnread = !told.read_at;
  const isOver = told.kind === "incident" && !told.message;
  const at = new Date(told.shown_at);
  const time = at.toLocaleTimeString(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  // Opening counts as reading, whatever becomes of the mark.
  const opened = (): void => void (isUnread && markRead(client, told.id).catch(() => undefined));
  return (
    <li
      className={`${shared["row"]} ${styles["row"]}`}
      data-unread={isUnread || undefined}
      data-kind={told.kind}
    >
      <span className={`${shared["sign"]} ${styles["sign"]}`}>
        <Icon sign={SIGNS[told.kind]} size={18} />
      </span>
      <div className={shared["words"]}>
        <About told={told} onOpen={opened} />
        <p className={styles["what"]}>
          {isOver ? notifications.isOver : whatOf({ kind: told.kind, by }, notifications)}
        </p>
        {told.message && <p className={styles["message"]}>{told.message}</p>}
        {isUnread && <span className="sw-hidden">{notifications.unread}</span>}
      </div>
      <div className={shared["end"]}>
        <time
          className={shared["when"]}
          dateTime={told.shown_at}
          title={fullText(told.shown_at, zone, locale)}
        >
          {time}
        </time>
        <RowMenu told={told} />
      </div>
    </li>
  );
}

function About({ told, onOpen }: { told: Notification; onOpen: () => void }): ReactElement {
  const given = { className: `${shared["link"]} ${styles["link"]}`, onClick: onOpen, title: told.title };
  if (told.user_task)
    return (
      <Link to="." search={(search) => ({ ...search, step: told.user_task ?? "" })} {...given}>
        {told.title}
      </Link>
    );
  return (
    <Link to="/log/$id" params={{ id: told.instance_id }} {...given}>
      {told.title}
    </Link>
  );
}

function RowMenu({ told }: { told: Notification }): ReactElement {
  const texts = useTexts();
  const { notifications } = texts;
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const client = useQueryClient();
  const [asksTime, setAsksTime] = useState(false);
  const fail = (error: unknown): void => tell(says(error, texts), { isError: true });
  const again = async (until: Date): Promise<void> => {
    await comeAgain(client, told.id, until);
    tell(notifications.comesAgain(fullText(until.toISOString(), zone, locale)));
  };
  const soon = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
  const choices = [
    [notifications.inTenMinutes, () => soon(10)],
    [notifications.inAnHour, () => soon(60)],
    [notifications.tomorrow, () => atHour(new Date(), 1, 9, zone)],
  ] as const;
  return (
    <>
      <Menu position="bottom-end" width={220} shadow="md">
        <Menu.Target>
          <button type="button" className={shared["dots"]} aria-label={notifications.actions(told.title)}>
            <Icon sign="dots" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {!told.read_at && (
            <Menu.Item onClick={() => void markRead(client, told.id).catch(fail)}>
              {notifications.markRead}
            </Menu.Item>
          )}
          <Menu.Label>{notifications.again}</Menu.Label>
          {choices.map(([label, at]) => (
            <Menu.Item key={label} onClick={() => void again(at()).catch(fail)}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setAsksTime(true)}>{notifications.ownTime}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asksTime && <RemindAgain title={told.title} onClose={() => setAsksTime(false)} onChoose={again} />}
    </>
  );
}
