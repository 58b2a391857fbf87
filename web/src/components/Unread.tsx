import type { ReactElement } from "react";
import { unreadText, useUnread } from "@/lib/notifications";
import { useFirstTexts } from "@/lib/texts";
import styles from "./Counter.module.css";

/** How many notifications are unread: up to 99, nothing for none. */
export function Unread(): ReactElement | null {
  const { notifications } = useFirstTexts();
  const count = useUnread();
  if (count === 0) return null;
  const text = unreadText(count);
  const words = notifications.counted(text);
  return (
    <span className={styles["counter"]} data-quiet title={words}>
      <span aria-hidden="true">{text}</span>
      <span className="sw-hidden">{words}</span>
    </span>
  );
}
