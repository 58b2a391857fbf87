import { useElementSize } from "@mantine/hooks";
import type { ReactElement, ReactNode } from "react";
import { useTexts } from "@/lib/texts";
import { Beside } from "./Beside";
import styles from "./Step.module.css";

const ROOM = 1_010; // pixels that the page and what is beside it need next to each other

interface Given {
  children: ReactNode;
  /** The step whose comments and files stand beside its page where there is room, else folded below it. */
  stepId?: string;
}

/** The card in which every step is shown. */
export function Frame({ children, stepId }: Given): ReactElement {
  const { beside } = useTexts();
  const { ref, width } = useElementSize();
  const isWide = width >= ROOM;
  return (
    <div className={styles["layer"]}>
      <div ref={ref} className={styles["columns"]} data-wide={(isWide && stepId !== undefined) || undefined}>
        <div className={`sw-card ${styles["card"]}`}>{children}</div>
        {stepId !== undefined && width > 0 && (
          <aside className={`sw-card ${styles["beside"]}`} aria-label={beside.title}>
            <Beside stepId={stepId} isFolded={!isWide} />
          </aside>
        )}
      </div>
    </div>
  );
}
