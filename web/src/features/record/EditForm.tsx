import { Alert, Button, Group } from "@mantine/core";
import { type ReactElement, useEffect, useRef } from "react";
import { ConflictDialog } from "@/components/record/ConflictDialog";
import type { Record as Kept, RecordTypeView } from "@/lib/api";
import { changesOf } from "@/lib/conflicts";
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
        void editing.save();
      }}
    >
      {editing.wrongInAll && (
        <Alert color="red" role="alert" mb="md">
          {editing.wrongInAll}
        </Alert>
      )}
      <Inputs type={type} record={record} editing={editing} />
      <div className={styles["end"]}>
        <Group gap="xs">
          <Button type="submit" loading={editing.isBusy}>
            {texts.save}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            {texts.cancel}
          </Button>
        </Group>
        {editing.isChanged && <span className="sw-quiet">{texts.record.unsaved}</span>}
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
