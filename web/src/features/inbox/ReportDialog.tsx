import { Button, Modal, ScrollArea, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import type { InboxTask, Row } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import styles from "./TaskList.module.css";

interface Given {
  tasks: readonly InboxTask[];
  rows: readonly Row[];
  onClose: () => void;
}

/** What became of each of many tasks; what did not work stands first. */
export function ReportDialog({ tasks, rows, onClose }: Given): ReactElement {
  const { panel, close } = useTexts();
  const known = new Map(tasks.map((task) => [task.id, task]));
  const done = rows.filter((row) => row.is_done);
  const failed = rows.filter((row) => !row.is_done);
  return (
    <Modal opened onClose={onClose} title={panel.report.title} closeButtonProps={{ "aria-label": close }}>
      <Stack gap="md">
        <Text>
          {panel.report.done(done.length)} {failed.length > 0 && <b>{panel.report.failed(failed.length)}</b>}
        </Text>
        <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0 }}>
          <ul className={styles["report"]}>
            {[...failed, ...done].map((row) => (
              <li key={row.id} data-failed={!row.is_done || undefined}>
                <Icon sign={row.is_done ? "check" : "warning"} size={18} />
                <div>
                  <b>{known.get(row.id)?.title || row.id}</b>
                  <span className="sw-quiet"> {known.get(row.id)?.instance_caption}</span>
                  {!row.is_done && <p>{row.message}</p>}
                </div>
              </li>
            ))}
          </ul>
        </ScrollArea.Autosize>
        <Button onClick={onClose} data-autofocus>
          {close}
        </Button>
      </Stack>
    </Modal>
  );
}
