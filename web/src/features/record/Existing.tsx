import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Ask } from "@/components/Ask";
import { Attachments } from "@/components/beside/Attachments";
import { Icon } from "@/components/icons";
import { PageHead } from "@/components/PageHead";
import { PersonName } from "@/components/PersonName";
import { Shown } from "@/components/record/Shown";
import { TaskMenu } from "@/components/record/TaskMenu";
import { When } from "@/components/When";
import { part, type Record as Kept, type RecordTypeView, send } from "@/lib/api";
import { keptInput } from "@/lib/keptInput";
import { placeOf } from "@/lib/records";
import { useTasksOfRecord } from "@/lib/recordTasks";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { Approvals } from "./Approvals";
import { EditForm } from "./EditForm";
import { History } from "./History";
import { Above } from "./NewRecord";
import styles from "./Record.module.css";
import { RelatedLists } from "./RelatedLists";
import { RunMenu } from "./RunMenu";
import { keptName, useEditing } from "./useEditing";
import { useQueryClient } from "@tanstack/react-query";

interface Given {
  type: RecordTypeView;
  types: readonly RecordTypeView[];
  record: Kept;
}

export function Existing({ type, types, record }: Given): ReactElement {
  const { number } = placeOf(record.id);
  const person = useMe().name;
  const [isEditing, setIsEditing] = useState(
    () => record.may_change && keptInput(keptName({ type, record, person })) !== null,
  );
  return (
    <div className={styles["page"]}>
      <Head type={type} record={record} isEditing={isEditing} onEdit={() => setIsEditing(true)} />
      <div className={styles["columns"]}>
        <div>
          <div className={`sw-card ${styles["card"]}`}>
            {isEditing ? (
              <Changing type={type} record={record} onDone={() => setIsEditing(false)} />
            ) : (
              <Shown type={type} record={record} />
            )}
          </div>
          <RelatedLists type={type} types={types} number={number} />
        </div>
        <div className={styles["side"]}>
          <Approvals type={type.name} number={number} />
          <div className={`sw-card ${styles["aside"]}`}>
            <Attachments
              owner={{ kind: "record", type: type.name, id: number }}
              mayChange={record.may_change}
            />
          </div>
          <History type={type} record={record} />
        </div>
      </div>
    </div>
  );
}

interface HeadGiven {
  type: RecordTypeView;
  record: Kept;
  isEditing: boolean;
  onEdit: () => void;
}

function Head({ type, record, isEditing, onEdit }: HeadGiven): ReactElement {
  const texts = useTexts();
  const { number } = placeOf(record.id);
  const tasks = useTasksOfRecord(type.name, number);
  const [isAsking, setIsAsking] = useState(false);
  const remove = useRemove(type, record);
  return (
    <>
      <PageHead
        title={record.title || record.id}
        above={
          <>
            <Above type={type} /> · {texts.record.changed} <When at={record.changed_at} />
            {record.changed_by && (
              <>
                {" "}
                {texts.record.by} <PersonName name={record.changed_by} />
              </>
            )}
          </>
        }
        actions={
          <>
            {record.may_delete && (
              <Button
                variant="subtle"
                leftSection={<Icon sign="trash" size={16} />}
                onClick={() => setIsAsking(true)}
              >
                {texts.record.remove}
              </Button>
            )}
            <RunMenu record={record} />
            <TaskMenu record={record} tasks={tasks.data ?? []} isNamed />
            {record.may_change && !isEditing && (
              <Button leftSection={<Icon sign="edit" size={16} />} onClick={onEdit}>
                {texts.record.edit}
              </Button>
            )}
          </>
        }
      />
      {isAsking && (
        <Ask
          title={texts.record.removeTitle(record.title || record.id)}
          lead={texts.record.removeLead}
          submit={texts.record.remove}
          isDanger
          onSubmit={remove}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

function useRemove(type: RecordTypeView, record: Kept): () => Promise<void> {
  const texts = useTexts();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { number } = placeOf(record.id);
  return async () => {
    await send("POST", `/records/${part(type.name)}/${part(number)}/delete`, { revision: record.revision });
    tell(texts.record.removed(record.title || record.id));
    await navigate({ to: "/records/$type", params: { type: type.name }, replace: true });
    client.removeQueries({ queryKey: ["record", type.name, number] });
    void client.invalidateQueries({ queryKey: ["records"] });
    void client.invalidateQueries({ queryKey: ["record-count"] });
  };
}

interface ChangingGiven {
  type: RecordTypeView;
  record: Kept;
  onDone: () => void;
}

function Changing({ type, record, onDone }: ChangingGiven): ReactElement {
  const texts = useTexts();
  // What they see while they change it stays, though somebody else may save: then both are compared.
  const [before] = useState(record);
  const editing = useEditing({
    type,
    record: before,
    first: before.values,
    onSaved: (saved, isMore) => {
      tell(texts.record.saved(saved.title || saved.id));
      if (!isMore) onDone();
    },
  });
  return (
    <EditForm
      type={type}
      record={before}
      editing={editing}
      label={texts.record.edit}
      onCancel={() => {
        editing.leave();
        onDone();
      }}
    />
  );
}
