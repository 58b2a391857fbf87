import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { PersonName } from "@/components/PersonName";
import { When } from "@/components/When";
import type { FieldView, RecordTypeView } from "@/lib/api";
import { type Conflict, disputed, theirChanges } from "@/lib/conflicts";
import { useTexts } from "@/lib/texts";
import { NamedValue } from "./NamedValue";
import styles from "./record.module.css";

type Values = Record<string, unknown>;

interface Given {
  type: RecordTypeView;
  /** What it was when I began, and what I changed of it. */
  before: Values;
  mine: Values;
  conflict: Conflict;
  isBusy: boolean;
  onSave: (values: Values, revision: number) => void;
  onClose: () => void;
}

/** Somebody saved before: both are shown, and the person says which shall stay, field by field. */
export function ConflictDialog(given: Given): ReactElement {
  const { type, before, mine, conflict, isBusy, onSave, onClose } = given;
  const texts = useTexts();
  const names = disputed(before, mine, conflict.theirs);
  const others = theirChanges(before, conflict.theirs).filter((name) => !names.includes(name));
  const [isMine, setIsMine] = useState<ReadonlySet<string>>(new Set(names));
  const fieldOf = (name: string): FieldView | undefined => type.fields.find((field) => field.name === name);
  const save = (): void => {
    const left: Values = Object.fromEntries(
      Object.entries(mine).filter(([name]) => !names.includes(name) || isMine.has(name)),
    );
    onSave(left, conflict.revision);
  };
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
          ). {texts.record.conflictLead}
        </Text>
        {names.map((name) => {
          const field = fieldOf(name);
          return field ? (
            <Radio.Group
              key={name}
              label={field.label}
              value={isMine.has(name) ? "mine" : "theirs"}
              onChange={(value) => setIsMine(turned(isMine, name, value === "mine"))}
            >
              <Stack gap={6} mt={4}>
                <Radio
                  value="mine"
                  label={<Version words={texts.record.mine} field={field} value={mine[name]} />}
                />
                <Radio
                  value="theirs"
                  label={<Version words={texts.record.theirs} field={field} value={conflict.theirs[name]} />}
                />
              </Stack>
            </Radio.Group>
          ) : null;
        })}
        {others.length > 0 && (
          <Text c="dimmed">
            {texts.record.alsoChanged(others.map((name) => fieldOf(name)?.label ?? name).join(", "))}
          </Text>
        )}
        <Group>
          <Button data-autofocus loading={isBusy} onClick={save}>
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

function turned(all: ReadonlySet<string>, name: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(all);
  if (isIn) next.add(name);
  else next.delete(name);
  return next;
}

function Version({ words, field, value }: { words: string; field: FieldView; value: unknown }): ReactElement {
  return (
    <>
      {words}{" "}
      <strong className={styles["version"]}>
        <NamedValue field={field} value={value} />
      </strong>
    </>
  );
}
