import { Combobox, Group, InputBase, Loader, Text, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { MoreChoices } from "./MoreChoices";
import { findPeople, findRoles, type Receiver } from "@/lib/people";
import { useTexts } from "@/lib/texts";

const TYPING = 150;
const MOST = 20; // of people, and of roles

interface Found {
  items: Receiver[];
  hasMore: boolean;
}

interface Given {
  label: string;
  value: Receiver | null;
  onChange: (value: Receiver | null) => void;
  withRoles?: boolean;
  placeholder?: string;
  error?: string | undefined;
}

/** A person, or also a role: found by typing a part of the name. */
export function ReceiverField({
  label,
  value,
  onChange,
  withRoles = false,
  placeholder,
  error,
}: Given): ReactElement {
  const texts = useTexts();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const [search] = useDebouncedValue(typed ?? "", TYPING);
  const found = useQuery({
    queryKey: ["receivers", search, withRoles],
    queryFn: () => receivers(search, withRoles),
    enabled: box.dropdownOpened,
    placeholderData: (before) => before,
  });
  const choose = (key: string): void => {
    onChange(found.data?.items.find((one) => keyOf(one) === key) ?? null);
    setTyped(null);
    box.closeDropdown();
  };
  return (
    <Combobox store={box} onOptionSubmit={choose}>
      <Combobox.Target>
        <InputBase
          label={label}
          placeholder={placeholder ?? texts.reassign.search}
          value={typed ?? value?.label ?? ""}
          error={error}
          rightSection={found.isFetching ? <Loader size={16} /> : <Icon sign="search" size={16} />}
          rightSectionPointerEvents="none"
          onFocus={() => box.openDropdown()}
          onClick={() => box.openDropdown()}
          onBlur={() => {
            box.closeDropdown();
            setTyped(null);
          }}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            if (event.currentTarget.value === "") onChange(null);
            box.openDropdown();
            box.updateSelectedOptionIndex();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
          <Options found={found.data?.items ?? []} isReady={found.isSuccess} />
        </Combobox.Options>
        {found.data?.hasMore && <MoreChoices count={found.data.items.length} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Options({ found, isReady }: { found: readonly Receiver[]; isReady: boolean }): ReactElement {
  const { reassign } = useTexts();
  const people = found.filter((one) => one.kind === "person");
  const roles = found.filter((one) => one.kind === "role");
  if (isReady && found.length === 0) return <Combobox.Empty>{reassign.nobody}</Combobox.Empty>;
  return (
    <>
      {people.length > 0 && (
        <Combobox.Group label={roles.length > 0 ? reassign.people : ""}>
          {people.map(optionOf)}
        </Combobox.Group>
      )}
      {roles.length > 0 && <Combobox.Group label={reassign.roles}>{roles.map(optionOf)}</Combobox.Group>}
    </>
  );
}

function optionOf(one: Receiver): ReactElement {
  return (
    <Combobox.Option key={keyOf(one)} value={keyOf(one)}>
      <Group gap="xs" wrap="nowrap">
        <Icon sign={one.kind === "person" ? "person" : "tasks"} size={16} />
        <Text size="sm">{one.label}</Text>
        {one.label !== one.name && (
          <Text size="xs" c="dimmed">
            {one.name}
          </Text>
        )}
      </Group>
    </Combobox.Option>
  );
}

const keyOf = (one: Receiver): string => `${one.kind} ${one.name}`;

async function receivers(search: string, withRoles: boolean): Promise<Found> {
  const asked = [findPeople(search, MOST), ...(withRoles ? [findRoles(search, MOST)] : [])];
  const found = await Promise.all(asked);
  return { items: found.flatMap((one) => one.items), hasMore: found.some((one) => one.after) };
}
