import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import type { InboxTask, Record as Kept, RecordTypeView } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { enqueue, useOpening } from "@/lib/opening";
import { useTexts } from "@/lib/texts";
import styles from "./records.module.css";

const BulkRun = deferred(() => import("./BulkRun").then((found) => found.BulkRun));

interface Given {
  type: RecordTypeView;
  records: readonly Kept[];
  /** The open steps about them. */
  tasks: readonly InboxTask[];
  label: string;
  onClear: () => void;
}

/** What can be done with the chosen rows. */
export function ChosenBar({ type, records, tasks, label, onClear }: Given): ReactElement {
  const { records: texts } = useTexts();
  const { advance } = useOpening();
  const [isRunning, setIsRunning] = useState(false);
  const goOn = (): void => {
    for (const id of new Set(tasks.map((task) => task.id))) enqueue(id);
    advance(undefined);
  };
  return (
    <div className={`sw-card ${styles["bar"]}`} role="group" aria-label={label}>
      <span className={styles["barLabel"]} role="status">
        {label}
      </span>
      <Button leftSection={<Icon sign="run" size={16} filled />} onClick={() => setIsRunning(true)}>
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
      {isRunning && <BulkRun type={type} records={records} onClose={() => setIsRunning(false)} />}
    </div>
  );
}
