import { type ReactElement, useState } from "react";
import { ChoiceField } from "@/components/record/ChoiceField";
import { useChoices } from "@/lib/choices";
import { deferred } from "@/lib/deferred";
import { useRecordTypes } from "@/lib/records";
import type { Place } from "./bridge";

const NewRecord = deferred(() => import("./NewRecord").then((found) => found.NewRecord));

/** A record, or several, chosen by typing a part of what it is called. */
export function LookupField({ place }: { place: Place }): ReactElement {
  const { field, domId } = place;
  const type = String(field["recordType"] ?? "");
  const isMultiple = field["multiple"] === true;
  const chosen = idsOf(place.value);
  const mayAdd = useMayAdd(type, field["createNew"] === true);
  const { remember } = useChoices(type, []);
  const [adding, setAdding] = useState<string | null>(null);
  const choose = (ids: readonly string[]): void => place.onChange(isMultiple ? ids : (ids[0] ?? null));
  return (
    <>
      <ChoiceField
        input={{ id: domId, error: place.isWrong, "aria-describedby": `${domId}-error-message` }}
        type={type}
        chosen={chosen}
        onChange={choose}
        isMultiple={isMultiple}
        isLocked={place.isLocked}
        filter={() => place.filter}
        onNew={mayAdd ? setAdding : null}
      />
      {adding !== null && (
        <NewRecord
          type={type}
          name={adding}
          onAdded={(one) => {
            remember(one);
            choose(isMultiple ? [...new Set([...chosen, one.id])] : [one.id]);
          }}
          onClose={() => setAdding(null)}
        />
      )}
    </>
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
