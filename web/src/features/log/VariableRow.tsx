import { ActionIcon, NativeSelect, Text, Textarea, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import styles from "./Log.module.css";
import { type Typed, TYPES, type VariableType } from "./variables";

interface Given {
  row: Typed;
  wrong: string | undefined;
  onChange: (row: Typed) => void;
  /** None for what is there already: a variable can not be taken away. */
  onRemove: (() => void) | null;
}

export function VariableRow({ row, wrong, onChange, onRemove }: Given): ReactElement {
  const { variables: words } = useTexts().log;
  return (
    <li className={styles["variable"]}>
      {row.isNew ? (
        <TextInput
          aria-label={words.name}
          placeholder={words.name}
          value={row.name}
          maxLength={255}
          onChange={(event) => onChange({ ...row, name: event.currentTarget.value })}
        />
      ) : (
        <Text fw={600} className={styles["variableName"] ?? ""}>
          {row.name}
        </Text>
      )}
      <NativeSelect
        aria-label={row.name ? words.type(row.name) : words.newType}
        value={row.type}
        data={TYPES.map((type) => ({ value: type, label: words.types[type] }))}
        onChange={(event) => onChange(retyped(row, event.currentTarget.value as VariableType))}
      />
      <Value row={row} wrong={wrong} onChange={(text) => onChange({ ...row, text })} />
      {onRemove && (
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={words.remove} onClick={onRemove}>
          <Icon sign="close" size={16} />
        </ActionIcon>
      )}
    </li>
  );
}

function retyped(row: Typed, type: VariableType): Typed {
  const isYesOrNo = type === "boolean" && row.text !== "true" && row.text !== "false";
  return { ...row, type, text: isYesOrNo ? "false" : row.text };
}

interface ValueGiven {
  row: Typed;
  wrong: string | undefined;
  onChange: (text: string) => void;
}

const INPUTS: Partial<Record<VariableType, string>> = { date: "date", time: "time" };

function Value({ row, wrong, onChange }: ValueGiven): ReactElement {
  const { variables: words } = useTexts().log;
  const label = row.name ? words.value(row.name) : words.newValue;
  if (row.type === "any")
    return (
      <TextInput
        aria-label={label}
        value=""
        placeholder={words.none}
        disabled
        error={wrong}
        onChange={() => undefined}
      />
    );
  if (row.type === "boolean")
    return (
      <NativeSelect
        aria-label={label}
        value={row.text}
        error={wrong}
        data={[
          { value: "true", label: words.yes },
          { value: "false", label: words.no },
        ]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (row.type === "text" || row.type === "list" || row.type === "context")
    return (
      <Textarea
        aria-label={label}
        value={row.text}
        error={wrong}
        autosize
        minRows={1}
        maxRows={10}
        spellCheck={row.type === "text"}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      aria-label={label}
      type={INPUTS[row.type] ?? "text"}
      step={1}
      inputMode={row.type === "number" ? "decimal" : undefined}
      placeholder={row.type === "duration" ? "P1DT2H" : undefined}
      value={row.text}
      error={wrong}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
