import { Alert, Button, Group } from "@mantine/core";
import { type ReactElement, useEffect, useId, useRef } from "react";
import { ConflictDialog } from "@/components/record/ConflictDialog";
import { UnderWay, useUnderWay } from "@/components/record/underWay";
import type { Record as Kept, RecordTypeView } from "@/lib/api";
import { changesOf } from "@/lib/conflicts";
import { refusesHalf } from "@/lib/halfTyped";
import { useTexts } from "@/lib/texts";
import { Inputs } from "./Fields";
import styles from "./Record.module.css";
import type { Editing } from "./useEditing";

interface Given {
  type: RecordTypeView;
  record: Kept | null;
  editing: Editing;
  label: string;
  onCancel: () => void;
}

/** A record to fill in, with what is wrong beside the fields. */
export function EditForm({ type, record, editing, label, onCancel }: Given): ReactElement {
  const texts = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const { isUploading, tell } = useUnderWay();
  const waiting = useId();
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, textarea, select")?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (editing.wrong.size === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus();
  }, [editing.wrong]);
  return (
    <form
      ref={form}
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (!refusesHalf(event.currentTarget)) void editing.save();
      }}
    >
      {editing.wrongInAll && (
        <Alert color="red" role="alert" mb="md">
          {editing.wrongInAll}
        </Alert>
      )}
      <UnderWay value={{ tell, isSaving: editing.isBusy }}>
        <Inputs type={type} record={record} editing={editing} />
      </UnderWay>
      <div className={styles["end"]}>
        <Group gap="xs">
          <Button
            type="submit"
            loading={editing.isBusy}
            disabled={isUploading}
            aria-describedby={isUploading ? waiting : undefined}
          >
            {texts.save}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            {texts.cancel}
          </Button>
        </Group>
        <span id={waiting} role="status" className="sw-quiet">
          {isUploading ? texts.record.fileUnderWay : editing.isChanged && texts.record.unsaved}
        </span>
      </div>
      {editing.conflict && (
        <ConflictDialog
          type={type.name}
          before={editing.base}
          mine={changesOf(editing.base, editing.values)}
          conflict={editing.conflict}
          isBusy={editing.isBusy}
          onSave={(theirs) => void editing.settle(theirs)}
          onClose={editing.closeConflict}
        />
      )}
    </form>
  );
}
