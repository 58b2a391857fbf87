import type { ReactElement } from "react";
import { NotificationList } from "@/features/notifications/NotificationList";
import styles from "./shell/Shell.module.css";

/** What one was told as a page of its own, for narrow screens. */
export function NotificationsPage(): ReactElement {
  return (
    <div className={`sw-card ${styles["tasksPage"]}`}>
      <NotificationList />
    </div>
  );
}
