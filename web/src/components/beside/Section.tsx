import { Collapse } from "@mantine/core";
import { type ReactElement, type ReactNode, useId, useState } from "react";
import { Icon, type Sign } from "@/components/icons";
import styles from "./Beside.module.css";

interface Given {
  title: string;
  sign: Sign;
  /** How many there are; null: not known yet. */
  count: string | null;
  /** Shown as its heading until one opens it, where there is little room. */
  isFolded: boolean;
  children: ReactNode;
}

/** A part of what is beside a step or record, with its count. */
export function Section({ title, sign, count, isFolded, children }: Given): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const place = useId();
  const words = (
    <>
      <Icon sign={sign} size={18} />
      <span>{title}</span> {count !== null && <span className={styles["count"]}>{count}</span>}
    </>
  );
  if (!isFolded)
    return (
      <section className={styles["section"]} aria-label={title}>
        <h2 className={styles["heading"]}>{words}</h2>
        {children}
      </section>
    );
  return (
    <section className={styles["section"]} aria-label={title}>
      <h2 className={styles["heading"]}>
        <button type="button" aria-expanded={isOpen} aria-controls={place} onClick={() => setIsOpen(!isOpen)}>
          {words}
          <span className={styles["turn"]} data-open={isOpen || undefined}>
            <Icon sign="chevron" size={16} />
          </span>
        </button>
      </h2>
      <Collapse expanded={isOpen} id={place} transitionDuration={100}>
        {children}
      </Collapse>
    </section>
  );
}
