import type { ReactElement } from "react";
import { FieldInput } from "@/components/record/FieldInput";
import fields from "@/components/record/fields.module.css";
import { isWide, ownFields } from "@/components/record/Shown";
import type { Record as Kept, RecordTypeView } from "@/lib/api";
import type { Editing } from "./useEditing";

interface InputsGiven {
  type: RecordTypeView;
  record: Kept | null;
  editing: Editing;
}

/** The fields of a record, to fill in. */
export function Inputs({ type, record, editing }: InputsGiven): ReactElement {
  return (
    <div className={fields["fields"]}>
      {ownFields(type)
        .filter((field) => !field.is_read_only)
        .map((field) => {
          const isAsBefore = record?.values[field.name] === editing.values[field.name];
          return (
            <div key={field.name} data-wide={isWide(field) || undefined}>
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
