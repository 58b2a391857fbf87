import { Checkbox, Textarea, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { FieldView } from "@/lib/api";
import { isUnread, numberFrom, numberInput, numberSample } from "@/lib/numbers";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { fromInput, toInput } from "@/lib/time/zones";
import { ChoiceField } from "./ChoiceField";
import { DateInput } from "./DateInput";
import { FileInput } from "./FileInput";
import { LinksInput } from "./LinksInput";

export interface InputGiven {
  field: FieldView;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string | undefined;
  /** How what is chosen is called. */
  title?: string | undefined;
  /** The label is said, but not shown, where the words before it say the same. */
  isLabelHidden?: boolean;
}

/** A field to be filled in, as its kind asks for. What can not be read as a number is handed on as such, and refused by the server. */
export function FieldInput(given: InputGiven): ReactElement {
  const { field } = given;
  if (field.holds === "person") return <Chosen given={given} type="User" />;
  if (field.holds === "role") return <Chosen given={given} type="Role" />;
  switch (field.kind) {
    case "lookup":
    case "link":
      return <Chosen given={given} type={field.to ?? ""} />;
    case "links":
      return <LinksInput {...given} />;
    case "file":
      return <FileInput {...given} />;
    case "yes_no":
      return <YesNo {...given} />;
    case "integer":
    case "decimal":
    case "money":
      return <NumberInput {...given} />;
    case "date":
    case "time":
      return <Day given={given} type={field.kind} />;
    case "date_time":
      return <Moment {...given} />;
    case "long_text":
      return (
        <Textarea
          {...wordsOf(given)}
          autosize
          minRows={3}
          maxRows={16}
          value={textOf(given.value)}
          onChange={(event) => given.onChange(event.currentTarget.value || null)}
        />
      );
    default:
      return <Plain {...given} />;
  }
}

export function wordsOf({ field, error, isLabelHidden }: InputGiven) {
  const labelled = isLabelHidden ? { "aria-label": field.label } : { label: field.label };
  return { ...labelled, error, required: field.required ?? false, "data-field": field.name };
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? "" : String(value as string);

function Chosen({ given, type }: { given: InputGiven; type: string }): ReactElement {
  const { field, value, onChange, title } = given;
  return (
    <ChoiceField
      input={wordsOf(given)}
      type={type}
      isLookup={field.kind === "lookup"}
      chosen={value === null || value === undefined || value === "" ? [] : [String(value as string)]}
      onChange={([one]) => onChange(one ?? null)}
      title={title}
    />
  );
}

function Day({ given, type }: { given: InputGiven; type: "date" | "time" }): ReactElement {
  return (
    <DateInput
      {...wordsOf(given)}
      type={type}
      value={textOf(given.value)}
      onChange={(text) => given.onChange(text || null)}
    />
  );
}

function Plain(given: InputGiven): ReactElement {
  const { field, value, onChange } = given;
  return (
    <TextInput
      {...wordsOf(given)}
      value={textOf(value)}
      {...(field.length ? { maxLength: field.length } : {})}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}

function YesNo(given: InputGiven): ReactElement {
  const { field, value, onChange, error } = given;
  return (
    <Checkbox
      label={field.label}
      checked={value === true}
      error={error}
      data-field={field.name}
      mt={given.isLabelHidden ? 8 : 28}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function NumberInput(given: InputGiven): ReactElement {
  const { field, value, onChange } = given;
  const locale = useLocale();
  const { record } = useTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = isUnread(value) && (typed === null || given.error !== undefined);
  const digits = field.kind === "integer" ? 0 : (field.digits ?? 2);
  const error = isWrong ? record.unread(numberSample(locale, digits), value.typed) : given.error;
  return (
    <TextInput
      {...wordsOf({ ...given, error })}
      inputMode="decimal"
      value={typed ?? numberInput(value, locale)}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const found = numberFrom(text, locale);
        setTyped(text);
        onChange(found === undefined ? { typed: text } : found);
      }}
    />
  );
}

function Moment(given: InputGiven): ReactElement {
  const { value, onChange } = given;
  const { time_zone: zone } = useMe();
  const at = new Date(typeof value === "string" ? value : "");
  return (
    <DateInput
      {...wordsOf(given)}
      type="datetime-local"
      value={Number.isNaN(at.getTime()) ? "" : toInput(at, zone)}
      onChange={(text) => onChange(fromInput(text, zone)?.toISOString() ?? null)}
    />
  );
}
