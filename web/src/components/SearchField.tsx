import { CloseButton, Combobox, InputBase, type InputBaseProps, Loader, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ComponentPropsWithoutRef, type ReactElement, type ReactNode, useState } from "react";
import { Icon } from "@/components/icons";
import type { Found } from "@/lib/people";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";

const TYPING = 150;
const NEW = " new"; // nothing that is found has an id like this

export type SearchInput = Pick<InputBaseProps, "label" | "error" | "required"> &
  Pick<ComponentPropsWithoutRef<"input">, "id" | "placeholder" | "aria-label" | "aria-describedby">;

interface Given<One> {
  input: SearchInput;
  /** What stands there while nothing is typed. */
  shown: string;
  /** What is searched in, as a key of what is found; not worked out before the field is used. */
  asked: () => readonly unknown[];
  find: (words: string) => Promise<Found<One>>;
  idOf: (one: One) => string;
  draw: (one: One) => ReactNode;
  /** Under which heading it stands. */
  groupOf?: (one: One) => string;
  onChoose: (one: One) => void;
  /** None: there is nothing that can be cleared. */
  onClear?: (() => void) | null;
  /** Something new of this name is to be chosen. */
  onNew?: ((words: string) => void) | null;
  nothing?: string;
  needsWords?: boolean;
  isLocked?: boolean;
}

/** A field in which one types a part of what is wanted, and chooses from what is found, by mouse or keys. */
export function SearchField<One>(given: Given<One>): ReactElement {
  const { input, shown, onChoose, onNew, needsWords = false, isLocked = false } = given;
  const { form } = useTexts();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const [words] = useDebouncedValue(typed?.trim() ?? "", TYPING);
  const isAsked = box.dropdownOpened && (words !== "" || !needsWords);
  const found = useQuery({
    queryKey: ["found", ...(isAsked ? given.asked() : []), words],
    queryFn: () => given.find(words),
    enabled: isAsked,
    placeholderData: (before) => before,
  });
  const onClear = isLocked ? null : given.onClear;
  const leave = (): void => {
    box.closeDropdown();
    setTyped(null);
  };
  const choose = (id: string): void => {
    const one = found.data?.items.find((other) => given.idOf(other) === id);
    if (one) onChoose(one);
    if (id === NEW) onNew?.((typed ?? "").trim());
    leave();
  };
  const open = (): void => {
    if (!isLocked) box.openDropdown();
  };
  const type = (text: string): void => {
    setTyped(text);
    if (text === "") onClear?.();
    box.openDropdown();
    box.updateSelectedOptionIndex();
  };
  return (
    <Combobox store={box} onOptionSubmit={choose} withinPortal>
      <Combobox.Target>
        <InputBase
          placeholder={isLocked ? "" : form.search}
          {...input}
          value={typed ?? shown}
          readOnly={isLocked}
          className={isLocked ? "sw-locked" : ""}
          rightSection={
            onClear ? (
              <CloseButton size="sm" aria-label={form.remove(shown)} onClick={onClear} />
            ) : (
              <Sign isLocked={isLocked} isFinding={found.isFetching} />
            )
          }
          rightSectionPointerEvents={onClear ? "all" : "none"}
          onFocus={(event) => {
            if (!event.currentTarget.closest("[data-begins]")) open(); // a page that has just come shows no list yet
          }}
          onClick={open}
          onBlur={leave}
          onChange={(event) => type(event.currentTarget.value)}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isAsked}>
        <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
          <Options {...given} found={found.data?.items ?? []} />
          <Instead found={found.data?.items} error={found.error} nothing={given.nothing} />
          {onNew && <New words={(typed ?? "").trim()} />}
        </Combobox.Options>
        {found.data?.hasMore && (
          <Combobox.Footer fz="sm" c="dimmed" role="status">
            {form.more(found.data.items.length)}
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Sign({ isLocked, isFinding }: { isLocked: boolean; isFinding: boolean }): ReactElement | null {
  if (isLocked) return null;
  return isFinding ? <Loader size={16} /> : <Icon sign="search" size={16} />;
}

type OptionsGiven<One> = Pick<Given<One>, "idOf" | "draw" | "groupOf"> & { found: readonly One[] };

function Options<One>({ found, idOf, draw, groupOf }: OptionsGiven<One>): ReactElement {
  const options = (some: readonly One[]): ReactNode =>
    some.map((one) => (
      <Combobox.Option key={idOf(one)} value={idOf(one)}>
        {draw(one)}
      </Combobox.Option>
    ));
  if (!groupOf) return <>{options(found)}</>;
  return (
    <>
      {[...new Set(found.map(groupOf))].map((group) => (
        <Combobox.Group key={group} label={group}>
          {options(found.filter((one) => groupOf(one) === group))}
        </Combobox.Group>
      ))}
    </>
  );
}

interface InsteadGiven {
  found: readonly unknown[] | undefined;
  error: Error | null;
  nothing: string | undefined;
}

/** What is said in place of something that was found. */
function Instead({ found, error, nothing }: InsteadGiven): ReactElement | null {
  const texts = useTexts();
  if (error) return <Combobox.Empty>{says(error, texts)}</Combobox.Empty>;
  if (found?.length !== 0) return null;
  return <Combobox.Empty>{nothing ?? texts.form.nothing}</Combobox.Empty>;
}

function New({ words }: { words: string }): ReactElement {
  const { stepMore } = useTexts();
  return (
    <Combobox.Option value={NEW} fw={600} c="var(--sw-accent)">
      {stepMore.createNew(words)}
    </Combobox.Option>
  );
}
