import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { keyAfter, newKey, part, type Record as Kept, type RecordTypeView, Refused, send } from "@/lib/api";
import { placeOf } from "@/lib/records";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { type Conflict, conflictOf } from "@/lib/conflicts";
import { byField, changesOf, type Values } from "./edit";

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
  save: (over?: { values: Values; revision: number }) => Promise<void>;
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
const keptName = ({ type, record, begins = "", person }: Place): string =>
  `stepwell.record.${person}.${record?.id ?? `${type.name}/new${begins}`}`;

interface KeptInput {
  values: Values;
  /** What it was filled in over: somebody may have saved since. */
  base: Values;
  revision: number;
}

/** What had been filled in here and was not saved, in this browser. */
export function keptInput(of: Place): KeptInput | null {
  const text = localStorage.getItem(keptName(of));
  return text === null ? null : (JSON.parse(text) as KeptInput);
}

/** Filling in a record; what is not saved yet outlives a reload. */
export function useEditing({ type, record, first, begins = "", onSaved }: Given): Editing {
  const texts = useTexts();
  const client = useQueryClient();
  const place = { type, record, begins, person: useMe().name };
  const [kept] = useState(() => keptInput(place));
  const [revision] = useState(kept?.revision ?? record?.revision ?? 0);
  const [base] = useState<Values>(() => kept?.base ?? first);
  const [values, setValues] = useState<Values>(() => ({ ...base, ...kept?.values }));
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const [wrongInAll, setWrongInAll] = useState("");
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const changes = changesOf(base, values);
  const isChanged = Object.keys(changes).length > 0;
  const name = keptName(place);
  const written = isChanged ? JSON.stringify({ values: changes, base, revision }) : "";
  useEffect(() => {
    if (written) localStorage.setItem(name, written);
    else localStorage.removeItem(name);
  }, [name, written]);

  const leave = (): void => {
    setValues(base);
    localStorage.removeItem(name);
  };
  const done = async (saved: Kept): Promise<void> => {
    localStorage.removeItem(name);
    const { number } = placeOf(saved.id);
    client.setQueryData(["record", type.name, number], saved);
    onSaved(saved);
    for (const one of ["records", "record-count", "record-history", "record-related", "record-tasks"])
      void client.invalidateQueries({ queryKey: [one] });
  };
  const fail = (error: unknown): void => {
    const problems = error instanceof Refused ? error.problems : [];
    const found = error instanceof Refused ? conflictOf(error) : null;
    const sorted = byField(problems, type.fields);
    setConflict(found);
    setWrong(sorted.fields);
    setWrongInAll(found || sorted.fields.size > 0 ? sorted.others.join(" ") : says(error, texts));
    setKey(keyAfter(error, key));
  };
  const save = async (over?: { values: Values; revision: number }): Promise<void> => {
    setIsBusy(true);
    setConflict(null);
    try {
      await done(
        await send<Kept>(
          ...commandOf(type.name, record, over ?? { values: record ? changes : values, revision }),
          { key },
        ),
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
    save,
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
