import { Checkbox, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { ReceiverField } from "@/components/ReceiverField";
import { DateInput } from "@/components/record/DateInput";
import { useChoices } from "@/lib/choices";
import type { Receiver } from "@/lib/people";
import { useTexts } from "@/lib/texts";
import { Connections } from "./Connections";
import { type LookupChoice, useLookup } from "./data";
import type { Filled } from "./values";

export type Wrong = Partial<Record<keyof Filled | "all", string>>;

interface Given {
  filled: Filled;
  wrong: Wrong;
  onChange: (part: Partial<Filled>) => void;
}

/** All that is said about an activity. */
export function ActivityFields({ filled, wrong, onChange }: Given): ReactElement {
  const { activities: texts } = useTexts();
  return (
    <Stack gap="md">
      <TextInput
        label={texts.subject}
        required
        maxLength={500}
        value={filled.subject}
        error={wrong.subject}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      <Kinds filled={filled} wrong={wrong} onChange={onChange} />
      <Times filled={filled} wrong={wrong} onChange={onChange} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Owner filled={filled} wrong={wrong} onChange={onChange} />
        <Result filled={filled} wrong={wrong} onChange={onChange} />
      </SimpleGrid>
      <Textarea
        label={texts.details}
        value={filled.details}
        error={wrong.details}
        autosize
        minRows={2}
        onChange={(event) => onChange({ details: event.currentTarget.value })}
      />
      <Connections
        value={filled.connections}
        error={wrong.connections}
        onChange={(connections) => onChange({ connections })}
      />
    </Stack>
  );
}

function Kinds({ filled, wrong, onChange }: Given): ReactElement {
  const { activities: texts } = useTexts();
  const fields = [
    ["category", texts.category, "activity_category"],
    ["status", texts.status, "activity_status"],
    ["priority", texts.priority, "activity_priority"],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      {fields.map(([name, label, lookup]) => (
        <Chosen
          key={name}
          label={label}
          lookup={lookup}
          value={filled[name]}
          error={wrong[name]}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
    </SimpleGrid>
  );
}

interface ChosenGiven {
  label: string;
  lookup: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function Chosen({ label, lookup, value, error, onChange }: ChosenGiven): ReactElement {
  const found = useLookup(lookup).data ?? [];
  const known = found.some((one) => one.value === value) ? found : [{ value, label: value }, ...found];
  return (
    <NativeSelect
      label={label}
      data={known.map((one) => ({ value: one.value, label: one.label }))}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Times({ filled, wrong, onChange }: Given): ReactElement {
  const { activities: texts } = useTexts();
  const fields = [
    ["start", texts.start],
    ["due", texts.due],
    ["remindAt", texts.reminder],
  ] as const;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        {fields.map(([name, label]) => (
          <DateInput
            key={name}
            type="datetime-local"
            label={label}
            required={name === "start"}
            value={filled[name]}
            error={wrong[name]}
            onChange={(text) => onChange({ [name]: text })}
          />
        ))}
      </SimpleGrid>
      <Checkbox
        label={texts.inCalendar}
        checked={filled.inCalendar}
        onChange={(event) => onChange({ inCalendar: event.currentTarget.checked })}
      />
    </>
  );
}

function Owner({ filled, wrong, onChange }: Given): ReactElement {
  const { activities: texts } = useTexts();
  const kind = filled.owner ? "person" : "role";
  const name = filled.owner || filled.role;
  const { labelOf } = useChoices(kind === "person" ? "User" : "Role", name ? [name] : []);
  const value: Receiver | null = name ? { kind, name, label: labelOf(name) ?? name } : null;
  const choose = (to: Receiver | null): void => {
    if (to?.kind === "role") onChange({ owner: "", role: to.name });
    else onChange(to ? { owner: to.name } : { owner: "", role: "" });
  };
  return (
    <ReceiverField
      label={texts.owner}
      value={value}
      withRoles
      error={wrong.owner ?? wrong.role}
      onChange={choose}
    />
  );
}

function Result({ filled, wrong, onChange }: Given): ReactElement {
  const { activities: texts } = useTexts();
  const found = useLookup("activity_result").data ?? [];
  const fits = (one: LookupChoice): boolean =>
    !one.category || one.category === filled.category || one.value === filled.result;
  return (
    <NativeSelect
      label={texts.result}
      data={[
        { value: "", label: texts.resultNone },
        ...found.filter(fits).map((one) => ({ value: one.value, label: one.label })),
      ]}
      value={filled.result}
      error={wrong.result}
      onChange={(event) => onChange({ result: event.currentTarget.value })}
    />
  );
}
