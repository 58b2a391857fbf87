import type { ReactElement } from "react";
import { FieldInput } from "@/components/record/FieldInput";
import { FieldValue } from "@/components/record/FieldValue";
import type { FieldView, Record as Kept, RecordTypeView } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import type { Editing } from "./useEditing";
import styles from "./Record.module.css";

const WIDE = new Set(["long_text", "links"]);

export const ownFields = (type: RecordTypeView): FieldView[] =>
  type.fields.filter((field) => !field.is_system);

/** The fields of a record, to read. */
export function Shown({ type, record }: { type: RecordTypeView; record: Kept }): ReactElement {
  const { record: texts } = useTexts();
  return (
    <dl className={styles["fields"]}>
      {ownFields(type).map((field) => {
        const value = record.values[field.name];
        const isEmpty =
          value === null ||
          value === undefined ||
          value === "" ||
          (Array.isArray(value) && value.length === 0);
        return (
          <div key={field.name} data-wide={WIDE.has(field.kind) || undefined}>
            <dt>{field.label}</dt>
            <dd data-empty={isEmpty || undefined}>
              {isEmpty ? texts.nothing : <FieldValue record={record} field={field} withLinks />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface InputsGiven {
  type: RecordTypeView;
  record: Kept | null;
  editing: Editing;
}

/** The same, to fill in. */
export function Inputs({ type, record, editing }: InputsGiven): ReactElement {
  return (
    <div className={styles["fields"]}>
      {ownFields(type)
        .filter((field) => !field.is_read_only)
        .map((field) => {
          const isAsBefore = record?.values[field.name] === editing.values[field.name];
          return (
            <div key={field.name} data-wide={WIDE.has(field.kind) || undefined}>
              <FieldInput
                field={field}
                value={editing.values[field.name]}
                error={editing.wrong.get(field.name)}
                title={isAsBefore ? record?.titles[field.name] : undefined}
                onChange={(value) => editing.set(field.name, value)}
              />
            </div>
          );
        })}
    </div>
  );
}
