import type { ReactElement } from "react";
import { TaskList } from "@/features/inbox/TaskList";
import styles from "./shell/Shell.module.css";

/** The panel as a page of its own, for narrow screens and for those who like it wide. */
export function TasksPage(): ReactElement {
  return (
    <div className={`sw-card ${styles["tasksPage"]}`}>
      <TaskList />
    </div>
  );
}
