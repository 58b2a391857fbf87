import { Alert, Button, Loader, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import { newKey, part, Refused, send } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "./Log.module.css";
import { type Place, PlaceChoice } from "./PlaceChoice";
import { useTouchInstance, useVariables } from "./useInstance";
import { VariableRow } from "./VariableRow";
import { type Change, changeOf, isChange, type Typed, typedOf, type Wrong } from "./variables";

interface Given {
  instance: string;
  /** Whose variables there are: those of the whole run, and of elements in it. */
  places: readonly Place[];
  /** In place of variables: what an element gave. */
  result?: { values: Record<string, unknown>; onSave: (change: Change, reason: string) => Promise<void> };
  onClose: () => void;
}

/** Gives variables new values, each of its type, for a reason. */
export function VariablesDialog({ instance, places, result, onClose }: Given): ReactElement {
  const texts = useTexts();
  const { log } = texts;
  const [place, setPlace] = useState(0);
  const found = useVariables(instance, place);
  const touch = useTouchInstance(instance);
  const save = async (change: Change, reason: string): Promise<void> => {
    if (result) await result.onSave(change, reason);
    else {
      const body = { ...change, reason, scope: place };
      await send("PUT", `/instances/${part(instance)}/variables`, body, { key: newKey() });
      tell(log.variables.saved(Object.keys(change.variables).length));
    }
    await touch();
    onClose();
  };
  const before = result
    ? typedOf(result.values, {})
    : found.data && typedOf(found.data.variables, found.data.types ?? {});
  return (
    <Modal
      opened
      onClose={onClose}
      title={result ? log.incident.values : log.variables.title}
      size={640}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Text c="dimmed" mb="md">
        {result ? log.incident.valuesLead : log.variables.lead}
      </Text>
      {!result && <PlaceChoice places={places} value={place} onChange={setPlace} />}
      {!result && found.isPending && <Loader size="sm" />}
      {!result && found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {before && <Editor key={place} before={before} onSave={save} onClose={onClose} />}
    </Modal>
  );
}

interface EditorGiven {
  before: Typed[];
  onSave: (change: Change, reason: string) => Promise<void>;
  onClose: () => void;
}

function Editor({ before: read, onSave, onClose }: EditorGiven): ReactElement {
  const texts = useTexts();
  const { variables: words } = texts.log;
  const [before] = useState(read);
  const [rows, setRows] = useState(before);
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<Wrong>({});
  const [all, setAll] = useState("");
  const { isBusy, submitOnce } = useOnce();

  const submit = async (): Promise<void> => {
    const change = changeOf(rows, before, words);
    const missing: Wrong = reason.trim() === "" ? { [REASON]: words.reasonMissing } : {};
    setWrong({ ...(isChange(change) ? {} : change), ...missing });
    setAll("");
    if (!isChange(change) || missing[REASON] !== undefined) return;
    if (Object.keys(change.variables).length === 0) {
      setAll(words.unchanged);
      return;
    }
    try {
      await onSave(change, reason.trim());
    } catch (error) {
      const told = wrongOf(error);
      setWrong(told);
      if (Object.keys(told).length === 0) setAll(says(error, texts));
    }
  };
  const put = (index: number, row: Typed): void => setRows(rows.with(index, row));
  return (
    <form onSubmit={submitOnce(submit)} noValidate>
      <Stack gap="md">
        <ul className={styles["editor"]}>
          {rows.map((row, index) => (
            <VariableRow
              key={index}
              row={row}
              wrong={wrong[row.name]}
              onChange={(next) => put(index, next)}
              onRemove={row.isNew ? () => setRows(rows.toSpliced(index, 1)) : null}
            />
          ))}
        </ul>
        <div>
          <Button
            variant="subtle"
            leftSection={<Icon sign="plus" size={16} />}
            onClick={() => setRows([...rows, { name: "", type: "text", text: "", isNew: true }])}
          >
            {words.add}
          </Button>
        </div>
        <TextInput
          label={words.reason}
          required
          value={reason}
          maxLength={1000}
          error={wrong[REASON]}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {all && (
          <Alert color="red" role="alert">
            {all}
          </Alert>
        )}
        <DialogEnd submit={words.save} isBusy={isBusy} onCancel={onClose} />
      </Stack>
    </form>
  );
}

/** Under which the reason's own problem is kept: no variable begins with it. */
const REASON = "@reason";

function wrongOf(error: unknown): Wrong {
  const problems = error instanceof Refused ? error.problems : [];
  const placed = problems.flatMap((one) => {
    const field = (one.field ?? "").replace(/^(variables|values|types)\./, "");
    if (field === "reason") return [[REASON, one.message]];
    return field === "" ? [] : [[field, one.message]];
  });
  return Object.fromEntries(placed) as Wrong;
}
