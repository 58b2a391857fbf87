import { Button, Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Ask } from "@/components/Ask";
import { DialogEnd } from "@/components/DialogEnd";
import { ConflictDialog } from "@/components/record/ConflictDialog";
import { FieldInput } from "@/components/record/FieldInput";
import { UnderWay, useUnderWay } from "@/components/record/underWay";
import { keyAfter, newKey, part, type Record as Kept, type RecordTypeView, Refused, send } from "@/lib/api";
import { changesOf, type Conflict, conflictOf, without } from "@/lib/conflicts";
import { fieldWords } from "@/lib/fieldProblems";
import { useOnce } from "@/lib/once";
import { placeOf } from "@/lib/records";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import type { Values } from "@/lib/values";

interface Given {
  type: RecordTypeView;
  /** None: a new one. */
  entry: Kept | null;
  /** Where a new one stands. */
  order: number;
  onDone: () => Promise<void>;
  onClose: () => void;
}

const NOT_HERE = new Set(["order", "active"]);

/** A choice of a lookup; its code stays for ever. */
export function EntryDialog({ type, entry, order, onDone, onClose }: Given): ReactElement {
  const texts = useTexts();
  const [values, setValues] = useState<Values>(entry?.values ?? { order, active: true });
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [key, setKey] = useState(newKey);
  const { isBusy, once, submitOnce } = useOnce();
  const { isUploading, tell } = useUnderWay();
  const fields = type.fields.filter(
    (field) => !field.is_read_only && !NOT_HERE.has(field.name) && !(entry && field.name === "code"),
  );
  const given = Object.fromEntries(fields.map((field) => [field.name, values[field.name] ?? null]));
  const changes = changesOf(entry?.values ?? {}, given);
  const where = `/records/${part(type.name)}`;
  const fail = (error: unknown): void => {
    const problems = error instanceof Refused ? error.problems : [];
    const known = problems.filter((one) => fields.some((field) => field.name === one.field));
    const fieldOf = (name: string | undefined) => fields.find((field) => field.name === name);
    const beside = known.map((one) => [
      one.field ?? "",
      fieldWords(one, fieldOf(one.field), texts.form.wrong),
    ]);
    const found = error instanceof Refused ? conflictOf(error) : null;
    setConflict(found);
    setWrong(found ? {} : Object.fromEntries(known.length > 0 ? beside : [["all", says(error, texts)]]));
    setKey(keyAfter(error, key));
  };
  const save = async (changed: Values, revision: number | undefined): Promise<void> => {
    try {
      if (entry) await send("PUT", pathOf(entry), { values: changed, revision }, { key });
      else await send("POST", where, { values: { ...values, ...given } }, { key });
      await onDone();
      onClose();
    } catch (error) {
      fail(error);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={entry ? entry.title : texts.lookups.add}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={submitOnce(() => save(changes, entry?.revision))} noValidate>
        <Stack>
          {entry && <Text c="dimmed">{texts.lookups.codeIs(String(entry.values["code"] ?? ""))}</Text>}
          <UnderWay value={{ tell, isSaving: isBusy }}>
            <Stack inert={isBusy} aria-busy={isBusy}>
              {fields.map((field) => (
                <FieldInput
                  key={field.name}
                  field={field}
                  value={values[field.name]}
                  error={wrong[field.name]}
                  title={
                    entry && values[field.name] === entry.values[field.name]
                      ? entry.titles[field.name]
                      : undefined
                  }
                  onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
                />
              ))}
            </Stack>
          </UnderWay>
          {wrong["all"] && (
            <Text role="alert" c="var(--sw-late)">
              {wrong["all"]}
            </Text>
          )}
          <DialogEnd
            submit={texts.save}
            isBusy={isBusy}
            waiting={isUploading ? texts.record.fileUnderWay : undefined}
            onCancel={onClose}
          >
            {entry?.may_delete && <Removal entry={entry} onDone={onDone} onClose={onClose} />}
          </DialogEnd>
        </Stack>
      </form>
      {entry && conflict && (
        <ConflictDialog
          type={type.name}
          before={entry.values}
          mine={changes}
          conflict={conflict}
          isBusy={isBusy}
          onSave={(theirs) => void once(() => save(without(changes, theirs), conflict.revision))}
          onClose={() => setConflict(null)}
        />
      )}
    </Modal>
  );
}

interface RemovalGiven {
  entry: Kept;
  onDone: () => Promise<void>;
  onClose: () => void;
}

function Removal({ entry, onDone, onClose }: RemovalGiven): ReactElement {
  const { record, lookups } = useTexts();
  const [asks, setAsks] = useState(false);
  const remove = async (): Promise<void> => {
    await send("POST", `${pathOf(entry)}/delete`, { revision: entry.revision });
    await onDone();
    onClose();
  };
  return (
    <>
      <Button variant="subtle" ml="auto" onClick={() => setAsks(true)}>
        {record.remove}
      </Button>
      {asks && (
        <Ask
          title={record.removeTitle(entry.title)}
          lead={lookups.removeLead}
          submit={record.remove}
          isDanger
          onSubmit={remove}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}

const pathOf = ({ id }: Kept): string => `/records/${part(placeOf(id).type)}/${part(placeOf(id).number)}`;
