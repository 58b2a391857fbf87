import type { ReactElement, ReactNode } from "react";
import { useTitleOf } from "@/lib/title";
import styles from "./PageHead.module.css";

interface Given {
  title: string;
  /** Where the page belongs: a link or two above the title. */
  above?: ReactNode;
  /** How many there are, in words; or what else stands quietly beside the title. */
  count?: ReactNode;
  /** Buttons, the filled one last. */
  actions?: ReactNode;
  /** What narrows the page: search, filter, views. */
  tools?: ReactNode;
}

/** The head of a page: what it is, and what can be done here. */
export function PageHead({ title, above, count, actions, tools }: Given): ReactElement {
  useTitleOf(title);
  return (
    <header className={styles["head"]}>
      <div className={styles["words"]}>
        {above && <div className={styles["above"]}>{above}</div>}
        <div className={styles["line"]}>
          <h1 className={styles["title"]}>{title}</h1>
          {count && <span className={styles["count"]}>{count}</span>}
        </div>
      </div>
      {actions && <div className={styles["actions"]}>{actions}</div>}
      {tools && <div className={styles["tools"]}>{tools}</div>}
    </header>
  );
}
