import { Input, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { placeOf, readRecord, sectionsOf, useRecordTypes } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import { ChoiceField } from "./ChoiceField";
import type { InputGiven } from "./FieldInput";
import styles from "./record.module.css";

/** Links to several records; where they may be of any type, the type is chosen first. */
export function LinksInput({ field, value, onChange, error, isLabelHidden }: InputGiven): ReactElement {
  const { form, record } = useTexts();
  const types = sectionsOf(useRecordTypes().data ?? []);
  const [picked, setPicked] = useState("");
  const type = field.to || picked || types[0]?.name || "";
  const ids = Array.isArray(value) ? value.map(String) : [];
  return (
    <div data-field={field.name}>
      {!isLabelHidden && <Input.Label component="div">{field.label}</Input.Label>}
      <div className={styles["links"]}>
        {!field.to && (
          <NativeSelect
            aria-label={record.typeOf(field.label)}
            value={type}
            data={types.map((one) => ({ value: one.name, label: one.label }))}
            onChange={(event) => setPicked(event.currentTarget.value)}
          />
        )}
        <ChoiceField
          key={`${type}${ids.length}`}
          label={field.label}
          isLabelHidden
          type={type}
          chosen={[]}
          error={error}
          onChange={([one]) => onChange([...new Set([...ids, `${type}/${one ?? ""}`])])}
        />
      </div>
      <ul className={styles["pills"]}>
        {ids.map((id) => (
          <li key={id}>
            <Title id={id} />
            <button
              type="button"
              aria-label={form.remove(id)}
              onClick={() => onChange(ids.filter((other) => other !== id))}
            >
              <Icon sign="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Title({ id }: { id: string }): string {
  const { type, number } = placeOf(id);
  const found = useQuery({ queryKey: ["record", type, number], queryFn: () => readRecord(type, number) });
  return found.data?.title || id;
}
