import { Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { SearchField } from "@/components/SearchField";
import { findPeople, findRoles, type Found, type Receiver } from "@/lib/people";
import { useTexts } from "@/lib/texts";

const MOST = 20; // of people, and of roles

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

async function receivers(words: string, withRoles: boolean): Promise<Found<Receiver>> {
  const found = await Promise.all([findPeople(words, MOST), ...(withRoles ? [findRoles(words, MOST)] : [])]);
  return { items: found.flatMap((one) => one.items), hasMore: found.some((one) => one.hasMore) };
}
