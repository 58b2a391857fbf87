import { CloseButton, Combobox, InputBase, Loader, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { get, type Hits } from "@/lib/api";
import { placeOf, readRecord } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import styles from "./Activities.module.css";

const TYPING = 200;
const MOST = 12;

interface Given {
  value: readonly string[];
  onChange: (value: string[]) => void;
  error?: string | undefined;
}

/** The records that an activity is about: of any type, found by their words. */
export function Connections({ value, onChange, error }: Given): ReactElement {
  const { activities: texts } = useTexts();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed.trim(), TYPING);
  const found = useQuery({
    queryKey: ["search", text],
    queryFn: () => get<Hits>("/search", { text }),
    enabled: text !== "",
  });
  const hits = (found.data?.items ?? [])
    .filter((hit) => hit.kind === "record" && !value.includes(hit.id))
    .slice(0, MOST);
  const choose = (id: string): void => {
    onChange([...value, id]);
    setTyped("");
    box.closeDropdown();
  };
  return (
    <div>
      <Combobox store={box} onOptionSubmit={choose}>
        <Combobox.Target>
          <InputBase
            label={texts.connections}
            placeholder={texts.connect}
            value={typed}
            error={error}
            rightSection={found.isFetching ? <Loader size={16} /> : <Icon sign="search" size={16} />}
            rightSectionPointerEvents="none"
            onBlur={() => box.closeDropdown()}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              box.openDropdown();
              box.updateSelectedOptionIndex();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={text === "" || found.isPending}>
          <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
            {hits.length === 0 && <Combobox.Empty>{texts.connectNothing}</Combobox.Empty>}
            {hits.map((hit) => (
              <Combobox.Option key={hit.id} value={hit.id}>
                {hit.title} <span className={styles["type"]}>{hit.type_label}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Chosen ids={value} onRemove={(id) => onChange(value.filter((other) => other !== id))} />
    </div>
  );
}

function Chosen({
  ids,
  onRemove,
}: {
  ids: readonly string[];
  onRemove: (id: string) => void;
}): ReactElement | null {
  const { activities: texts } = useTexts();
  const found = useQueries({
    queries: ids.map((id) => ({
      queryKey: ["record", placeOf(id).type, placeOf(id).number],
      queryFn: () => readRecord(placeOf(id).type, placeOf(id).number),
      retry: false,
    })),
  });
  if (ids.length === 0) return null;
  return (
    <ul className={styles["chips"]}>
      {ids.map((id, index) => {
        const title = found[index]?.data?.title ?? id;
        return (
          <li key={id}>
            <Link to="/records/$type/$id" params={{ type: placeOf(id).type, id: placeOf(id).number }}>
              {title}
            </Link>
            <CloseButton
              size={36}
              iconSize={14}
              aria-label={texts.disconnect(title)}
              onClick={() => onRemove(id)}
            />
          </li>
        );
      })}
    </ul>
  );
}
