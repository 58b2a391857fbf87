import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { PersonName } from "@/components/PersonName";
import { NamedValue } from "@/components/record/NamedValue";
import { When } from "@/components/When";
import type { FieldView, StepPage } from "@/lib/api";
import { type Conflict, disputed } from "@/lib/conflicts";
import { placeOf, useRecordTypes } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import styles from "./Step.module.css";

interface Given {
  page: StepPage;
  conflict: Conflict;
  /** What was filled in here. */
  mine: Record<string, unknown>;
  isBusy: boolean;
  /** Saves again; of the fields that are named, what the other person saved stays. */
  onSave: (theirs: readonly string[]) => void;
  onClose: () => void;
}

/** Somebody saved the record of the page before: both versions, and the person says which stays, field by field. */
export function ConflictDialog({ page, conflict, mine, isBusy, onSave, onClose }: Given): ReactElement {
  const texts = useTexts();
  const words = texts.stepMore.conflict;
  const fields = useFields(page);
  const changes = Object.fromEntries(Object.entries(mine).filter(([name]) => fields.has(name)));
  const names = disputed(page.values, changes, conflict.theirs).filter((name) => isChanged(page, mine, name));
  const [theirs, setTheirs] = useState<readonly string[]>([]);
  const turn = (name: string, isTheirs: boolean): void =>
    setTheirs(isTheirs ? [...theirs, name] : theirs.filter((one) => one !== name));
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.title}
      size={620}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Stack>
        <Text>
          {conflict.changedBy ? <PersonName name={conflict.changedBy} /> : words.stepwell} {words.lead} (
          <When at={conflict.changedAt} />
          ). {names.length > 0 ? words.choose : words.none}
        </Text>
        {names.map((name) => {
          const field = fields.get(name);
          if (!field) return null;
          return (
            <Radio.Group
              key={name}
              label={field.label}
              value={theirs.includes(name) ? "theirs" : "mine"}
              onChange={(value) => turn(name, value === "theirs")}
            >
              <Stack gap={6} mt={4}>
                <Radio value="mine" label={<Version of={words.mine} field={field} value={mine[name]} />} />
                <Radio
                  value="theirs"
                  label={<Version of={words.theirs} field={field} value={conflict.theirs[name]} />}
                />
              </Stack>
            </Radio.Group>
          );
        })}
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

function useFields(page: StepPage): ReadonlyMap<string, FieldView> {
  const types = useRecordTypes();
  const type = types.data?.find((one) => one.name === placeOf(page.record ?? "").type);
  return new Map((type?.fields ?? []).map((field) => [field.name, field]));
}

const isChanged = (page: StepPage, mine: Record<string, unknown>, name: string): boolean =>
  JSON.stringify(mine[name] ?? null) !== JSON.stringify(page.values[name] ?? null);

function Version({ of, field, value }: { of: string; field: FieldView; value: unknown }): ReactElement {
  return (
    <>
      {of}{" "}
      <strong className={styles["version"]}>
        <NamedValue field={field} value={value} />
      </strong>
    </>
  );
}
