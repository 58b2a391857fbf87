import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { PersonName } from "@/components/PersonName";
import { useReader } from "@/components/record/useReader";
import { When } from "@/components/When";
import type { FieldView, RecordTypeView } from "@/lib/api";
import { choicesNamed } from "@/lib/choices";
import { valueText } from "@/lib/fieldText";
import { useTexts } from "@/lib/texts";
import { changesOf, type Conflict, disputed, theirChanges, type Values } from "./edit";
import styles from "./Record.module.css";
import type { Editing } from "./useEditing";

interface Given {
  type: RecordTypeView;
  editing: Editing;
  conflict: Conflict;
}

/** Somebody saved before: both are shown, and the person says which shall stay, field by field. */
export function ConflictDialog({ type, editing, conflict }: Given): ReactElement {
  const texts = useTexts();
  const mine = changesOf(editing.base, editing.values);
  const names = disputed(editing.base, mine, conflict.theirs);
  const others = theirChanges(editing.base, conflict.theirs).filter((name) => !names.includes(name));
  const [isMine, setIsMine] = useState<ReadonlySet<string>>(new Set(names));
  const fieldOf = (name: string): FieldView | undefined => type.fields.find((field) => field.name === name);
  const save = (): Promise<void> => {
    const left: Values = Object.fromEntries(
      Object.entries(mine).filter(([name]) => !names.includes(name) || isMine.has(name)),
    );
    return editing.save({ values: left, revision: conflict.revision });
  };
  return (
    <Modal
      opened
      onClose={editing.closeConflict}
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
          <Button data-autofocus loading={editing.isBusy} onClick={() => void save()}>
            {texts.save}
          </Button>
          <Button variant="subtle" onClick={editing.closeConflict}>
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
        <Named field={field} value={value} />
      </strong>
    </>
  );
}

/** A value that comes without its title. */
export function Named({ field, value }: { field: FieldView; value: unknown }): string {
  const { record } = useTexts();
  const reader = useReader();
  const type = field.holds === "person" ? "User" : (field.to ?? "");
  const isChoice = type !== "" && value !== null && value !== undefined && !Array.isArray(value);
  const found = useQuery({
    queryKey: ["choices-named", type, [String(value)]],
    queryFn: () => choicesNamed(type, [String(value)]),
    enabled: isChoice,
    staleTime: Infinity,
  });
  const text = isChoice ? (found.data?.[0]?.label ?? String(value)) : valueText(value, field, reader);
  return text || record.nothing;
}
