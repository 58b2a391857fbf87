import type { ReactElement, ReactNode } from "react";
import styles from "./Step.module.css";

/** The card in which every step is shown. */
export function Frame({ children }: { children: ReactNode }): ReactElement {
  return (
    <div className={styles["layer"]}>
      <div className={`sw-card ${styles["card"]}`}>{children}</div>
    </div>
  );
}
