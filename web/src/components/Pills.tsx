import type { ReactElement, ReactNode } from "react";
import { Icon } from "@/components/icons";
import styles from "./Pills.module.css";

interface Given {
  ids: readonly string[];
  draw: (id: string) => ReactNode;
  /** What the button that takes one away is called. */
  removal: (id: string) => string;
  /** None: they stay. */
  onRemove: ((id: string) => void) | null;
}

/** What is chosen, one beside the other, each with a button that takes it away. */
export function Pills({ ids, draw, removal, onRemove }: Given): ReactElement | null {
  if (ids.length === 0) return null;
  return (
    <ul className={styles["pills"]}>
      {ids.map((id) => (
        <li key={id}>
          <span>{draw(id)}</span>
          {onRemove && (
            <button type="button" aria-label={removal(id)} onClick={() => onRemove(id)}>
              <Icon sign="close" size={14} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
