import { ActionIcon, NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import type { FieldView, RecordTypeView } from "@/lib/api";
import { type Condition, fieldsAlong, operatorsOf, valueFor } from "@/lib/filters";
import { useTexts } from "@/lib/texts";
import type { TypesGiven } from "./GroupEditor";
import styles from "./records.module.css";
import { ValueEditor } from "./ValueEditor";

interface Given extends TypesGiven {
  condition: Condition;
  onChange: (condition: Condition | null) => void;
}

const MOST_LINKS = 4;
const DATES = new Set(["date", "date_time", "time"]);

/** A field, or one along a link; how it is compared, and with what. */
export function ConditionEditor({ condition, type, types, onChange }: Given): ReactElement {
  const { records } = useTexts();
  const along = fieldsAlong(condition.field, type, types);
  const field = along.at(-1);
  const move = (path: string): void => {
    const next = fieldsAlong(path, type, types).at(-1);
    if (next) onChange({ ...condition, field: path, ...firstOf(next) });
  };
  const words = records.ops as Record<string, string>;
  const dated = records.dateOps as Record<string, string>;
  const wordsOf = (op: string): string =>
    (field && DATES.has(field.kind) ? dated[op] : undefined) ?? words[op] ?? op;
  return (
    <div className={styles["condition"]}>
      <div className={styles["path"]}>
        <Path along={along} type={type} types={types} onChange={move} />
      </div>
      <NativeSelect
        aria-label={records.operator}
        value={condition.op}
        data={(field ? operatorsOf(field) : [condition.op]).map((op) => ({ value: op, label: wordsOf(op) }))}
        onChange={(event) => {
          const op = event.currentTarget.value;
          onChange({ ...condition, op, value: valueFor(op, condition) });
        }}
      />
      <div className={styles["value"]}>
        {field && (
          <ValueEditor
            key={`${condition.field} ${condition.op}`}
            field={field}
            op={condition.op}
            value={condition.value}
            onChange={(value) => onChange({ ...condition, value })}
          />
        )}
      </div>
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={records.removeCondition(field?.label ?? condition.field)}
        onClick={() => onChange(null)}
      >
        <Icon sign="close" size={16} />
      </ActionIcon>
    </div>
  );
}

function firstOf(field: FieldView): { op: string; value: unknown } {
  const op = operatorsOf(field)[0] ?? "=";
  return { op, value: valueFor(op, null) };
}

interface PathGiven extends TypesGiven {
  along: readonly FieldView[];
  onChange: (path: string) => void;
}

/** One choice for each link of the path, and one for its field. */
function Path({ along, type, types, onChange }: PathGiven): ReactElement {
  const { records } = useTexts();
  const steps: ReactElement[] = [];
  let at: RecordTypeView | undefined = type;
  for (let index = 0; index <= along.length && at && index <= MOST_LINKS; index += 1) {
    const before = along.slice(0, index).map((field) => field.name);
    const isLink = index > 0;
    steps.push(
      <NativeSelect
        key={before.join(".") || "first"}
        aria-label={isLink ? records.fieldOf(along[index - 1]?.label ?? "") : records.field}
        value={along[index]?.name ?? ""}
        data={[
          ...(isLink ? [{ value: "", label: records.itself }] : []),
          ...at.fields.map((field) => ({ value: field.name, label: field.label })),
        ]}
        onChange={(event) => onChange([...before, event.currentTarget.value].filter(Boolean).join("."))}
      />,
    );
    const field: FieldView | undefined = along[index];
    at = field?.type === "link" ? types.find((one) => one.name === field.to) : undefined;
  }
  return <>{steps}</>;
}
