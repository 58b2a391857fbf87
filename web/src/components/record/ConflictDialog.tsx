import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { PersonName } from "@/components/PersonName";
import { When } from "@/components/When";
import type { FieldView } from "@/lib/api";
import { type Conflict, disputed, theirChanges } from "@/lib/conflicts";
import { useRecordTypes } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import type { Values } from "@/lib/values";
import { NamedValue } from "./NamedValue";
import styles from "./record.module.css";

interface Given {
  type: string;
  /** What was shown when I began, and what I changed of it. */
  before: Values;
  mine: Values;
  conflict: Conflict;
  isBusy: boolean;
  /** Save again; of these fields theirs stay. */
  onSave: (theirs: readonly string[]) => void;
  onClose: () => void;
}

/** Somebody saved before: both are shown, and the person says which shall stay, field by field. */
export function ConflictDialog(given: Given): ReactElement | null {
  const { before, mine, conflict, isBusy, onSave, onClose } = given;
  const texts = useTexts();
  const types = useRecordTypes();
  const [theirs, setTheirs] = useState<readonly string[]>([]);
  const fields = types.data?.find((one) => one.name === given.type)?.fields;
  if (!fields) return null;
  const both = disputed(before, mine, conflict.theirs);
  const asked = fields.filter((field) => both.includes(field.name));
  const others = theirChanges(before, conflict.theirs).filter((name) => !both.includes(name));
  const turn = (name: string, isTheirs: boolean): void =>
    setTheirs(isTheirs ? [...theirs, name] : theirs.filter((one) => one !== name));
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.record.conflict}
      size={620}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Stack>
        <Text>
          {conflict.changedBy ? <PersonName name={conflict.changedBy} /> : texts.record.stepwell}{" "}
          {texts.record.savedMeanwhile} (<When at={conflict.changedAt} />
          ). {asked.length > 0 ? texts.record.conflictLead : texts.record.untouched}
        </Text>
        {asked.map((field) => (
          <Radio.Group
            key={field.name}
            label={field.label}
            value={theirs.includes(field.name) ? "theirs" : "mine"}
            onChange={(value) => turn(field.name, value === "theirs")}
          >
            <Stack gap={6} mt={4}>
              <Version of="mine" field={field} value={mine[field.name]} />
              <Version of="theirs" field={field} value={conflict.theirs[field.name]} />
            </Stack>
          </Radio.Group>
        ))}
        {others.length > 0 && <Text c="dimmed">{texts.record.alsoChanged(labels(fields, others))}</Text>}
        <Group>
          <Button data-autofocus loading={isBusy} onClick={() => onSave(theirs)}>
            {texts.save}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function labels(fields: readonly FieldView[], names: readonly string[]): string {
  return names.map((name) => fields.find((field) => field.name === name)?.label ?? name).join(", ");
}

interface VersionGiven {
  of: "mine" | "theirs";
  field: FieldView;
  value: unknown;
}

function Version({ of, field, value }: VersionGiven): ReactElement {
  const { record } = useTexts();
  const label = (
    <>
      {record[of]}{" "}
      <strong className={styles["version"]}>
        <NamedValue field={field} value={value} />
      </strong>
    </>
  );
  return <Radio value={of} label={label} />;
}
