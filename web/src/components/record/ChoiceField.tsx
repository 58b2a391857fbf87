import { CloseButton, Combobox, InputBase, Loader, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { MoreChoices } from "@/components/MoreChoices";
import { type Choice, choicesNamed, choicesOf } from "@/lib/choices";
import { useTexts } from "@/lib/texts";
import styles from "./record.module.css";

const TYPING = 150;

interface Given {
  label: string;
  /** A record type or lookup, `User` or `Role`. */
  type: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  isMultiple?: boolean;
  isRequired?: boolean;
  isLabelHidden?: boolean;
  isLookup?: boolean;
  error?: string | undefined;
  /** How what is chosen is called, where that is known already. */
  title?: string | undefined;
}

/** One of many, or several, found by typing a part of how it is called. */
export function ChoiceField(given: Given): ReactElement {
  const { type, chosen, onChange, isMultiple = false, title } = given;
  const [known, setKnown] = useState<readonly Choice[]>([]);
  const named = useQuery({
    queryKey: ["choices-named", type, chosen],
    queryFn: () => choicesNamed(type, chosen),
    enabled: type !== "" && chosen.some((id) => !known.some((one) => one.id === id)) && title === undefined,
    staleTime: Infinity,
  });
  const labelOf = (id: string): string =>
    [...known, ...(named.data ?? [])].find((one) => one.id === id)?.label ?? title ?? id;
  const choose = (one: Choice): void => {
    setKnown([...known, one]);
    onChange(isMultiple ? [...new Set([...chosen, one.id])] : [one.id]);
  };
  const remove = (id: string): void => onChange(chosen.filter((other) => other !== id));
  const [single] = isMultiple ? [] : chosen;
  return (
    <div>
      <Search
        given={given}
        shown={single === undefined ? "" : labelOf(single)}
        onChoose={choose}
        onClear={single === undefined ? null : () => remove(single)}
      />
      {isMultiple && chosen.length > 0 && <Pills chosen={chosen} labelOf={labelOf} onRemove={remove} />}
    </div>
  );
}

interface PillsGiven {
  chosen: readonly string[];
  labelOf: (id: string) => string;
  onRemove: (id: string) => void;
}

function Pills({ chosen, labelOf, onRemove }: PillsGiven): ReactElement {
  const { form } = useTexts();
  return (
    <ul className={styles["pills"]}>
      {chosen.map((id) => (
        <li key={id}>
          {labelOf(id)}
          <button type="button" aria-label={form.remove(labelOf(id))} onClick={() => onRemove(id)}>
            <Icon sign="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface SearchGiven {
  given: Given;
  shown: string;
  onChoose: (one: Choice) => void;
  onClear: (() => void) | null;
}

function Search({ given, shown, onChoose, onClear }: SearchGiven): ReactElement {
  const { form } = useTexts();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const [search] = useDebouncedValue(typed ?? "", TYPING);
  const isLookup = given.isLookup ?? false;
  const found = useQuery({
    queryKey: ["choices", given.type, search, isLookup],
    queryFn: () => choicesOf(given.type, search, isLookup ? ACTIVE : "null", isLookup ? "order" : ""),
    enabled: box.dropdownOpened && given.type !== "",
    placeholderData: (before) => before,
  });
  const leave = (): void => {
    box.closeDropdown();
    setTyped(null);
  };
  const choose = (id: string): void => {
    const one = found.data?.items.find((other) => other.id === id);
    if (one) onChoose(one);
    leave();
  };
  const labelled = given.isLabelHidden ? { "aria-label": given.label } : { label: given.label };
  return (
    <Combobox store={box} onOptionSubmit={choose} withinPortal>
      <Combobox.Target>
        <InputBase
          {...labelled}
          value={typed ?? shown}
          placeholder={form.search}
          required={given.isRequired ?? false}
          error={given.error}
          rightSection={
            onClear && !given.isRequired ? (
              <CloseButton size="sm" aria-label={form.remove(shown)} onClick={onClear} />
            ) : (
              found.isFetching && <Loader size={16} />
            )
          }
          onFocus={() => box.openDropdown()}
          onClick={() => box.openDropdown()}
          onBlur={leave}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            box.openDropdown();
            box.updateSelectedOptionIndex();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
          {found.data?.items.map((one) => (
            <Combobox.Option key={one.id} value={one.id}>
              {one.label}
            </Combobox.Option>
          ))}
          {found.isSuccess && found.data.items.length === 0 && (
            <Combobox.Empty>{form.nothing}</Combobox.Empty>
          )}
        </Combobox.Options>
        {found.data?.hasMore && <MoreChoices count={found.data.items.length} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}

const ACTIVE = JSON.stringify({ field: "active", op: "=", value: true });
