import { Input, NativeSelect } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Pills } from "@/components/Pills";
import { sectionsOf, useRecordTypes, useTitles } from "@/lib/records";
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
  const titleOf = useTitles(ids);
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
          input={{ "aria-label": field.label, error }}
          type={type}
          chosen={[]}
          onChange={([one]) => onChange([...new Set([...ids, `${type}/${one ?? ""}`])])}
        />
      </div>
      <Pills
        ids={ids}
        draw={titleOf}
        removal={(id) => form.remove(titleOf(id))}
        onRemove={(id) => onChange(ids.filter((other) => other !== id))}
      />
    </div>
  );
}
