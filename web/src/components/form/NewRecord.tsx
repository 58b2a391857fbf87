import { Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { FieldInput } from "@/components/record/FieldInput";
import { UnderWay, useUnderWay } from "@/components/record/underWay";
import {
  type FieldView,
  keyAfter,
  newKey,
  part,
  type Record as Kept,
  Refused,
  send,
  type RecordTypeView,
} from "@/lib/api";
import { type Choice, choiceOf } from "@/lib/choices";
import { fieldWords } from "@/lib/fieldProblems";
import { useOnce } from "@/lib/once";
import { useRecordTypes } from "@/lib/records";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";

interface Given {
  type: string;
  /** What was typed in the field: how the record will be called, where that is a text. */
  name: string;
  onAdded: (choice: Choice) => void;
  onClose: () => void;
}

/** Adds a record with what it has to have, while one fills in a page. */
export function NewRecord({ type, name, onAdded, onClose }: Given): ReactElement | null {
  const texts = useTexts();
  const found = useRecordTypes().data?.find((one) => one.name === type);
  if (!found) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.stepMore.createTitle(found.label)}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Fields type={found} name={name} onAdded={onAdded} onClose={onClose} />
    </Modal>
  );
}

interface FieldsGiven extends Omit<Given, "type"> {
  type: RecordTypeView;
}

function Fields({ type, name, onAdded, onClose }: FieldsGiven): ReactElement {
  const texts = useTexts();
  const fields = askedOf(type);
  const [values, setValues] = useState<Record<string, unknown>>(() => (name ? { [type.title]: name } : {}));
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const [others, setOthers] = useState("");
  const [key, setKey] = useState(newKey);
  const { isBusy, submitOnce } = useOnce();
  const { isUploading, tell } = useUnderWay();
  const submit = async (): Promise<void> => {
    try {
      const made = await send<Kept>("POST", `/records/${part(type.name)}`, { values }, { key });
      onAdded(choiceOf(made));
      onClose();
    } catch (error) {
      const problems = error instanceof Refused ? error.problems : [];
      const placed = problems.filter((one) => fields.some((field) => field.name === nameOf(one.field)));
      setWrong(
        new Map(
          placed.map((one) => {
            const name = nameOf(one.field);
            const field = fields.find((found) => found.name === name);
            return [name, fieldWords(one, field, texts.form.wrong)];
          }),
        ),
      );
      setOthers(placed.length > 0 ? "" : says(error, texts));
      setKey(keyAfter(error, key));
    }
  };
  return (
    <form noValidate onSubmit={submitOnce(submit)}>
      <Stack>
        <Text c="dimmed">{texts.stepMore.createLead}</Text>
        <UnderWay value={{ tell, isSaving: isBusy }}>
          <Stack inert={isBusy} aria-busy={isBusy}>
            {fields.map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                value={values[field.name]}
                error={wrong.get(field.name)}
                onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
              />
            ))}
          </Stack>
        </UnderWay>
        {others && (
          <Text role="alert" c="var(--sw-late)">
            {others}
          </Text>
        )}
        <DialogEnd
          submit={texts.stepMore.create}
          isBusy={isBusy}
          waiting={isUploading ? texts.record.fileUnderWay : undefined}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

/** What gives the record its name, and what it has to have. */
function askedOf(type: RecordTypeView): FieldView[] {
  return type.fields.filter(
    (field) =>
      !field.is_system &&
      !field.is_read_only &&
      (field.required || field.name === type.title) &&
      !isGiven(field),
  );
}

const isGiven = (field: FieldView): boolean => field.default !== null && field.default !== undefined;
const nameOf = (field: string | undefined): string => (field ?? "").replace(/^values\./, "");
