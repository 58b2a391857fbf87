import type { ReactElement } from "react";
import { countText, useCounter } from "@/lib/inbox";
import { useFirstTexts } from "@/lib/texts";
import styles from "./Counter.module.css";

/** How many tasks need attention: up to 99, red when one is overdue, nothing for none. */
export function Counter(): ReactElement | null {
  const texts = useFirstTexts();
  const { data } = useCounter();
  const count = countText(data);
  if (!data || count === "0" || count === "") return null;
  const words = data.is_overdue ? texts.inbox.countedOverdue(count) : texts.inbox.counted(count);
  return (
    <span className={styles["counter"]} data-overdue={data.is_overdue || undefined} title={words}>
      <span aria-hidden="true">{count}</span>
      <span className="sw-hidden">{words}</span>
    </span>
  );
}
