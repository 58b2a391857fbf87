import type { ReactElement } from "react";
import { Pills } from "@/components/Pills";
import { SearchField, type SearchInput } from "@/components/SearchField";
import { choicesOf, useChoices } from "@/lib/choices";
import { useTexts } from "@/lib/texts";

interface Given {
  input: SearchInput;
  /** A record type or lookup, `User` or `Role`. */
  type: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  isMultiple?: boolean;
  isLookup?: boolean;
  isLocked?: boolean;
  /** Which may be chosen, as JSON. */
  filter?: () => string;
  /** Something new of this name is to be chosen. */
  onNew?: ((words: string) => void) | null;
  /** How what is chosen is called, where that is known already. */
  title?: string | undefined;
}

const NONE = { items: [], hasMore: false };
const ACTIVE = JSON.stringify({ field: "active", op: "=", value: true });

/** One of many, or several, found by typing a part of how it is called. */
export function ChoiceField(given: Given): ReactElement {
  const { input, type, chosen, onChange, title } = given;
  const { isMultiple = false, isLookup = false, isLocked = false, onNew = null } = given;
  const { form } = useTexts();
  const choices = useChoices(type, title === undefined ? chosen : []);
  const labelOf = (id: string): string => choices.labelOf(id) ?? title ?? id;
  const filter = given.filter ?? (() => (isLookup ? ACTIVE : "null"));
  const [single] = isMultiple ? [] : chosen;
  return (
    <div>
      <SearchField
        input={input}
        shown={single === undefined ? "" : labelOf(single)}
        asked={() => ["choices", type, filter(), isLookup]}
        find={(words) =>
          type ? choicesOf(type, words, filter(), isLookup ? "order" : "") : Promise.resolve(NONE)
        }
        idOf={(one) => one.id}
        draw={(one) => one.label}
        onChoose={(one) => {
          choices.remember(one);
          onChange(isMultiple ? [...new Set([...chosen, one.id])] : [one.id]);
        }}
        onClear={single === undefined || input.required ? null : () => onChange([])}
        onNew={onNew}
        isLocked={isLocked}
      />
      {isMultiple && (
        <Pills
          ids={chosen}
          draw={labelOf}
          removal={(id) => form.remove(labelOf(id))}
          onRemove={isLocked ? null : (id) => onChange(chosen.filter((other) => other !== id))}
        />
      )}
    </div>
  );
}
