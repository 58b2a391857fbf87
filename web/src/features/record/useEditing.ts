import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyAfter, newKey, part, type Record as Kept, type RecordTypeView, Refused, send } from "@/lib/api";
import { changesOf, type Conflict, conflictOf, without } from "@/lib/conflicts";
import { forget } from "@/lib/kept";
import { keptInput, useKeepInput } from "@/lib/keptInput";
import { placeOf } from "@/lib/records";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import type { Values } from "@/lib/values";
import { byField } from "./edit";

export interface Editing {
  values: Values;
  /** What they were when it began. */
  base: Values;
  wrong: ReadonlyMap<string, string>;
  wrongInAll: string;
  conflict: Conflict | null;
  isBusy: boolean;
  isChanged: boolean;
  set: (name: string, value: unknown) => void;
  save: () => Promise<void>;
  /** Save over what somebody else saved; of these fields theirs stay. */
  settle: (theirs: readonly string[]) => Promise<void>;
  leave: () => void;
  closeConflict: () => void;
}

interface Given {
  type: RecordTypeView;
  /** None: a new one. */
  record: Kept | null;
  first: Values;
  /** What the address says that a new one begins with. */
  begins?: string;
  onSaved: (record: Kept) => void;
}

type Place = Pick<Given, "type" | "record" | "begins"> & { person: string };

/** A new record is another one when it begins with other values; nobody sees what somebody else has filled in. */
export const keptName = ({ type, record, begins = "", person }: Place): string =>
  `stepwell.record.${person}.${record?.id ?? `${type.name}/new${begins}`}`;

/** Filling in a record; what is not saved yet outlives a reload. */
export function useEditing({ type, record, first, begins = "", onSaved }: Given): Editing {
  const texts = useTexts();
  const client = useQueryClient();
  const name = keptName({ type, record, begins, person: useMe().name });
  const [found] = useState(() => keptInput(name));
  const [revision] = useState(found?.revision ?? record?.revision ?? 0);
  const [base] = useState<Values>(() => found?.base ?? first);
  const [values, setValues] = useState<Values>(() => ({ ...base, ...found?.values }));
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const [wrongInAll, setWrongInAll] = useState("");
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const changes = changesOf(base, values);
  const isChanged = Object.keys(changes).length > 0;
  useKeepInput(name, isChanged ? { values: changes, base, revision } : null);

  const leave = (): void => {
    setValues(base);
    forget(name);
  };
  const done = async (saved: Kept): Promise<void> => {
    forget(name);
    const { number } = placeOf(saved.id);
    client.setQueryData(["record", type.name, number], saved);
    onSaved(saved);
    for (const one of ["records", "record-count", "record-history", "record-related", "record-tasks"])
      void client.invalidateQueries({ queryKey: [one] });
  };
  const fail = (error: unknown): void => {
    const problems = error instanceof Refused ? error.problems : [];
    const found = error instanceof Refused ? conflictOf(error) : null;
    const sorted = byField(problems, type.fields, texts.form.wrong);
    setConflict(found);
    setWrong(sorted.fields);
    setWrongInAll(found || sorted.fields.size > 0 ? sorted.others.join(" ") : says(error, texts));
    setKey(keyAfter(error, key));
  };
  const give = async (given: Values, over: number): Promise<void> => {
    setIsBusy(true);
    setConflict(null);
    try {
      await done(
        await send<Kept>(...commandOf(type.name, record, { values: given, revision: over }), { key }),
      );
    } catch (error) {
      fail(error);
    }
    setIsBusy(false);
  };
  return {
    values,
    base,
    wrong,
    wrongInAll,
    conflict,
    isBusy,
    isChanged,
    set: (field, value) => setValues((before) => ({ ...before, [field]: value })),
    save: () => give(record ? changes : values, revision),
    settle: async (theirs) => {
      if (conflict) await give(without(changes, theirs), conflict.revision);
    },
    leave,
    closeConflict: () => setConflict(null),
  };
}

function commandOf(
  type: string,
  record: Kept | null,
  given: { values: Values; revision: number },
): ["POST" | "PUT", string, object] {
  if (!record) return ["POST", `/records/${part(type)}`, { values: given.values }];
  const { number } = placeOf(record.id);
  return [
    "PUT",
    `/records/${part(type)}/${part(number)}`,
    { values: given.values, revision: given.revision },
  ];
}
