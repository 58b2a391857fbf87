import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, type SubmitEvent, useState } from "react";
import { FieldInput } from "@/components/record/FieldInput";
import { part, type Record as Kept, type RecordTypeView, Refused, send } from "@/lib/api";
import { placeOf } from "@/lib/records";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";

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
  const [values, setValues] = useState<Record<string, unknown>>(entry?.values ?? { order, active: true });
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const fields = type.fields.filter(
    (field) => !field.is_read_only && !NOT_HERE.has(field.name) && !(entry && field.name === "code"),
  );
  const where = `/records/${part(type.name)}`;
  const attempt = async (command: () => Promise<unknown>): Promise<void> => {
    try {
      await command();
      await onDone();
      onClose();
    } catch (error) {
      const problems = error instanceof Refused ? error.problems : [];
      const known = problems.filter((one) => fields.some((field) => field.name === one.field));
      const beside = known.map((one) => [one.field ?? "", one.message]);
      setWrong(Object.fromEntries(known.length > 0 ? beside : [["all", says(error, texts)]]));
    }
  };
  const save = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = Object.fromEntries(fields.map((field) => [field.name, values[field.name] ?? null]));
    void attempt(() =>
      entry
        ? send("PUT", `${where}/${part(placeOf(entry.id).number)}`, {
            values: given,
            revision: entry.revision,
          })
        : send("POST", where, { values: { ...values, ...given } }),
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={entry ? entry.title : texts.lookups.add}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={save} noValidate>
        <Stack>
          {entry && <Text c="dimmed">{texts.lookups.codeIs(String(entry.values["code"] ?? ""))}</Text>}
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
              onChange={(value) => setValues({ ...values, [field.name]: value })}
            />
          ))}
          {wrong["all"] && (
            <Text role="alert" c="var(--sw-late)">
              {wrong["all"]}
            </Text>
          )}
          <Group>
            <Button type="submit">{texts.save}</Button>
            <Button variant="subtle" onClick={onClose}>
              {texts.cancel}
            </Button>
            {entry?.may_delete && (
              <Button
                variant="subtle"
                ml="auto"
                onClick={() =>
                  void attempt(() => send("POST", `${where}/${part(placeOf(entry.id).number)}/delete`))
                }
              >
                {texts.record.remove}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
