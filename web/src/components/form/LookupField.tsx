import { CloseButton, Combobox, InputBase, Loader, Pill, Text, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { MoreChoices } from "@/components/MoreChoices";
import { choicesOf, type Choice, choicesNamed } from "@/lib/choices";
import { deferred } from "@/lib/deferred";
import { useRecordTypes } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import type { Place } from "./bridge";
import { settled } from "./schema";

const TYPING = 150;
const NEW = " new"; // no record has an id like this

const NewRecord = deferred(() => import("./NewRecord").then((found) => found.NewRecord));

/** A record, or several, chosen by typing a part of what it is called. */
export function LookupField({ place }: { place: Place }): ReactElement {
  const { field, value, domId } = place;
  const type = String(field["recordType"] ?? "");
  const isMultiple = field["multiple"] === true;
  const chosen = idsOf(value);
  const [kept, setKept] = useState<readonly Choice[]>([]);
  const unknown = chosen.filter((id) => !kept.some((one) => one.id === id));
  const named = useQuery({
    queryKey: ["choices-named", type, unknown],
    queryFn: () => choicesNamed(type, unknown),
    enabled: unknown.length > 0,
    staleTime: Infinity,
  });
  const known = [...kept, ...(named.data ?? [])];
  const labelOf = (id: string): string => known.find((one) => one.id === id)?.label ?? id;

  const choose = (one: Choice): void => {
    setKept([...kept, one]);
    place.onChange(isMultiple ? [...new Set([...chosen, one.id])] : one.id);
  };
  const remove = (id: string): void => {
    const left = chosen.filter((other) => other !== id);
    place.onChange(isMultiple ? left : null);
  };
  const [single] = isMultiple ? [] : chosen;
  return (
    <>
      {isMultiple && <Chosen ids={chosen} labelOf={labelOf} isLocked={place.isLocked} onRemove={remove} />}
      <Search
        place={place}
        domId={domId}
        type={type}
        shown={single === undefined ? "" : labelOf(single)}
        onChoose={choose}
        onClear={single === undefined ? null : () => remove(single)}
      />
    </>
  );
}

interface ChosenGiven {
  ids: readonly string[];
  labelOf: (id: string) => string;
  isLocked: boolean;
  onRemove: (id: string) => void;
}

function Chosen({ ids, labelOf, isLocked, onRemove }: ChosenGiven): ReactElement | null {
  const { form } = useTexts();
  if (ids.length === 0) return null;
  return (
    <Pill.Group mb={6}>
      {ids.map((id) => (
        <Pill
          key={id}
          withRemoveButton={!isLocked}
          onRemove={() => onRemove(id)}
          removeButtonProps={{ "aria-label": form.remove(labelOf(id)), tabIndex: 0, "aria-hidden": false }}
        >
          {labelOf(id)}
        </Pill>
      ))}
    </Pill.Group>
  );
}

interface SearchGiven {
  place: Place;
  domId: string;
  type: string;
  shown: string;
  onChoose: (one: Choice) => void;
  onClear: (() => void) | null;
}

function Search({ place, domId, type, shown, onChoose, onClear }: SearchGiven): ReactElement {
  const { form, stepMore } = useTexts();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const [search] = useDebouncedValue(typed ?? "", TYPING);
  const filter = box.dropdownOpened
    ? JSON.stringify(settled(place.field["filter"], place.evaluate) ?? null)
    : "null";
  const found = useQuery({
    queryKey: ["choices", type, search, filter],
    queryFn: () => choicesOf(type, search, filter),
    enabled: box.dropdownOpened,
    placeholderData: (before) => before,
  });
  const mayAdd = useMayAdd(type, place.field["createNew"] === true);
  const [isAdding, setIsAdding] = useState<string | null>(null);
  const choose = (id: string): void => {
    const one = found.data?.items.find((other) => other.id === id);
    if (one) onChoose(one);
    if (id === NEW) setIsAdding((typed ?? "").trim());
    setTyped(null);
    box.closeDropdown();
  };
  const open = (): void => {
    if (!place.isLocked) box.openDropdown();
  };
  const leave = (): void => {
    box.closeDropdown();
    setTyped(null);
  };
  const options = (
    <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
      {found.data?.items.map((one) => (
        <Combobox.Option key={one.id} value={one.id}>
          <Text size="sm">{one.label}</Text>
        </Combobox.Option>
      ))}
      {found.isSuccess && found.data.items.length === 0 && <Combobox.Empty>{form.nothing}</Combobox.Empty>}
      {mayAdd && (
        <Combobox.Option value={NEW}>
          <Text size="sm" fw={600} c="var(--sw-accent)">
            {stepMore.createNew((typed ?? "").trim())}
          </Text>
        </Combobox.Option>
      )}
    </Combobox.Options>
  );
  return (
    <Combobox store={box} onOptionSubmit={choose} withinPortal>
      <Combobox.Target>
        <InputBase
          id={domId}
          value={typed ?? shown}
          placeholder={place.isLocked ? "" : form.search}
          readOnly={place.isLocked}
          className={place.isLocked ? "sw-locked" : ""}
          error={place.isWrong}
          aria-describedby={`${domId}-error-message`}
          rightSection={
            onClear && !place.isLocked ? (
              <CloseButton size="sm" aria-label={form.remove(shown)} onClick={onClear} />
            ) : (
              found.isFetching && <Loader size={16} />
            )
          }
          onFocus={open}
          onClick={open}
          onBlur={leave}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            box.openDropdown();
            box.updateSelectedOptionIndex();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        {options}
        {found.data?.hasMore && <MoreChoices count={found.data.items.length} />}
      </Combobox.Dropdown>
      {isAdding !== null && (
        <NewRecord type={type} name={isAdding} onAdded={onChoose} onClose={() => setIsAdding(null)} />
      )}
    </Combobox>
  );
}

/** Whether the author lets records be added here, and the person may. */
function useMayAdd(type: string, isOffered: boolean): boolean {
  const types = useRecordTypes(isOffered);
  return isOffered && types.data?.find((one) => one.name === type)?.access.add === true;
}

export function idsOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((one) => one !== null && one !== undefined && one !== "").map(String);
}
