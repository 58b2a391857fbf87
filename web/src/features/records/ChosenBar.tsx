import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import type { InboxTask } from "@/lib/api";
import { enqueue, useOpening } from "@/lib/opening";
import { useTexts } from "@/lib/texts";
import styles from "./records.module.css";

interface Given {
  /** The open steps about the chosen rows. */
  tasks: readonly InboxTask[];
  label: string;
  onRun: () => void;
  onClear: () => void;
}

/** What can be done with the chosen rows. */
export function ChosenBar({ tasks, label, onRun, onClear }: Given): ReactElement {
  const { records: texts } = useTexts();
  const { advance } = useOpening();
  const goOn = (): void => {
    for (const id of new Set(tasks.map((task) => task.id))) enqueue(id);
    advance(undefined);
  };
  return (
    <div className={`sw-card ${styles["bar"]}`} role="group" aria-label={label}>
      <span className={styles["barLabel"]} role="status">
        {label}
      </span>
      <Button leftSection={<Icon sign="run" size={16} filled />} onClick={onRun}>
        {texts.runFor}
      </Button>
      {tasks.length > 0 && (
        <Button variant="default" onClick={goOn}>
          {texts.continueMany(new Set(tasks.map((task) => task.id)).size)}
        </Button>
      )}
      <Button variant="subtle" onClick={onClear}>
        {texts.chooseNone}
      </Button>
    </div>
  );
}
