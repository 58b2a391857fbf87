import type { ReactElement } from "react";
import type { FieldView, Record as Kept, RecordTypeView } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { FieldValue } from "./FieldValue";
import styles from "./fields.module.css";

const WIDE = new Set(["long_text", "links"]);

export const isWide = (field: FieldView): boolean => WIDE.has(field.kind);

export const ownFields = (type: RecordTypeView): FieldView[] =>
  type.fields.filter((field) => !field.is_system);

interface Given {
  type: RecordTypeView;
  record: Kept;
  /** Whether fields without a value are left out. */
  isShort?: boolean;
}

/** The fields of a record, to read. */
export function Shown({ type, record, isShort = false }: Given): ReactElement {
  const { record: texts } = useTexts();
  const isEmpty = ({ name }: FieldView): boolean => {
    const value = record.values[name];
    return (
      value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
    );
  };
  return (
    <dl className={styles["fields"]} data-short={isShort || undefined}>
      {ownFields(type)
        .filter((field) => !isShort || !isEmpty(field))
        .map((field) => (
          <div key={field.name} data-wide={isWide(field) || undefined}>
            <dt>{field.label}</dt>
            <dd data-empty={isEmpty(field) || undefined}>
              {isEmpty(field) ? texts.nothing : <FieldValue record={record} field={field} withLinks />}
            </dd>
          </div>
        ))}
    </dl>
  );
}
