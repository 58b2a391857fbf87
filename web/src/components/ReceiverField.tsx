import { Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { SearchField } from "@/components/SearchField";
import { findPeople, findRoles, type Receiver } from "@/lib/people";
import { useTexts } from "@/lib/texts";

interface Given {
  label: string;
  value: Receiver | null;
  onChange: (value: Receiver | null) => void;
  withRoles?: boolean;
  placeholder?: string;
  error?: string | undefined;
}

/** A person, or also a role: found by typing a part of the name. */
export function ReceiverField(given: Given): ReactElement {
  const { label, value, onChange, withRoles = false, placeholder, error } = given;
  const { reassign } = useTexts();
  const groupOf = (one: Receiver): string => (one.kind === "person" ? reassign.people : reassign.roles);
  return (
    <SearchField
      input={{ label, error, placeholder: placeholder ?? reassign.search }}
      shown={value?.label ?? ""}
      asked={() => ["receivers", withRoles]}
      find={(words) => receivers(words, withRoles)}
      idOf={(one) => `${one.kind} ${one.name}`}
      draw={drawn}
      {...(withRoles && { groupOf })}
      onChoose={onChange}
      onClear={value && (() => onChange(null))}
      nothing={reassign.nobody}
    />
  );
}

function drawn(one: Receiver): ReactElement {
  return (
    <Group gap="xs" wrap="nowrap">
      <Icon sign={one.kind === "person" ? "person" : "tasks"} size={16} />
      <Text size="sm">{one.label}</Text>
      {one.label !== one.name && (
        <Text size="xs" c="dimmed">
          {one.name}
        </Text>
      )}
    </Group>
  );
}

async function receivers(search: string, withRoles: boolean): Promise<Receiver[]> {
  const found = await Promise.all([findPeople(search), withRoles ? findRoles(search) : []]);
  return found.flat();
}
