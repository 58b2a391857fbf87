import { NativeSelect, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { ChoiceField } from "@/components/record/ChoiceField";
import { FieldInput } from "@/components/record/FieldInput";
import { LinksInput } from "@/components/record/LinksInput";
import type { FieldView } from "@/lib/api";
import { needsValue, takesList } from "@/lib/filters";
import { useTexts } from "@/lib/texts";
import { countedOf, periodOf, PERIODS, UNITS } from "./periods";
import styles from "./records.module.css";

interface Given {
  field: FieldView;
  op: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** What a field is compared with, as its kind and the operator ask for. */
export function ValueEditor({ field, op, value, onChange }: Given): ReactElement | null {
  const { records } = useTexts();
  const label = records.value;
  if (!needsValue(op)) return null;
  if (op === "within") return <Period value={String(value ?? "today")} onChange={onChange} />;
  if (takesList(op)) return <Several field={field} value={value} onChange={onChange} />;
  if (op === "between") return <Between field={field} value={value} onChange={onChange} />;
  if (field.kind === "links")
    return (
      <LinksInput
        field={{ ...field, label }}
        value={value ? [value] : []}
        isLabelHidden
        onChange={(ids) => onChange(Array.isArray(ids) ? (ids.at(-1) ?? null) : null)}
      />
    );
  if (field.kind === "yes_no")
    return (
      <NativeSelect
        aria-label={label}
        value={value === null ? "" : String(value)}
        data={[
          { value: "", label: "" },
          { value: "true", label: records.yes },
          { value: "false", label: records.no },
        ]}
        onChange={(event) =>
          onChange(event.currentTarget.value === "" ? null : event.currentTarget.value === "true")
        }
      />
    );
  return <FieldInput field={plain(field, label)} value={value} onChange={onChange} isLabelHidden />;
}

/** As a field of a form it would be required and as long as allowed; to compare with it, it is neither. */
function plain(field: FieldView, label: string): FieldView {
  return {
    ...field,
    label,
    required: false,
    length: null,
    kind: field.kind === "long_text" ? "text" : field.kind,
  };
}

type PartGiven = Omit<Given, "op">;

function Several({ field, value, onChange }: PartGiven): ReactElement {
  const { records } = useTexts();
  const given = Array.isArray(value) ? value.map(String) : [];
  const [typed, setTyped] = useState(given.join(", "));
  const type = field.holds === "person" ? "User" : field.holds === "role" ? "Role" : (field.to ?? "");
  if (field.kind === "lookup" || field.kind === "link" || field.holds)
    return (
      <ChoiceField
        input={{ "aria-label": records.value }}
        isMultiple
        isLookup={field.kind === "lookup"}
        type={type}
        chosen={given}
        onChange={onChange}
      />
    );
  if (field.kind === "links")
    return (
      <LinksInput
        field={{ ...field, label: records.value }}
        value={given}
        isLabelHidden
        onChange={onChange}
      />
    );
  return (
    <TextInput
      aria-label={records.value}
      placeholder={records.separated}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const parts = event.currentTarget.value.split(/[,;]/).map((one) => one.trim());
        onChange(parts.filter(Boolean));
      }}
    />
  );
}

function Between({ field, value, onChange }: PartGiven): ReactElement {
  const { records } = useTexts();
  const [low, high] = (Array.isArray(value) ? value : [null, null]) as unknown[];
  return (
    <div className={styles["between"]}>
      <FieldInput
        field={plain(field, records.from)}
        value={low}
        isLabelHidden
        onChange={(next) => onChange([next, high ?? null])}
      />
      <span>{records.and}</span>
      <FieldInput
        field={plain(field, records.to)}
        value={high}
        isLabelHidden
        onChange={(next) => onChange([low ?? null, next])}
      />
    </div>
  );
}

function Period({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactElement {
  const { records } = useTexts();
  const counted = periodOf(value);
  const names = records.periods as Record<string, string>;
  const units = records.units as Record<string, string>;
  return (
    <div className={styles["between"]}>
      <NativeSelect
        aria-label={records.period}
        value={counted ? counted.way : value}
        data={PERIODS.map((one) => ({ value: one, label: names[one] ?? one }))}
        onChange={(event) => {
          const next = event.currentTarget.value;
          onChange(
            next === "last" || next === "next" ? countedOf({ way: next, count: 7, unit: "days" }) : next,
          );
        }}
      />
      {counted && (
        <>
          <TextInput
            aria-label={records.howMany}
            type="number"
            min={1}
            max={100_000}
            w={84}
            value={String(counted.count)}
            onChange={(event) =>
              onChange(countedOf({ ...counted, count: Number(event.currentTarget.value) }))
            }
          />
          <NativeSelect
            aria-label={records.unit}
            value={counted.unit}
            data={UNITS.map((one) => ({ value: one, label: units[one] ?? one }))}
            onChange={(event) => onChange(countedOf({ ...counted, unit: event.currentTarget.value }))}
          />
        </>
      )}
    </div>
  );
}
