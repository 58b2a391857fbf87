import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { keyAfter, newKey, part, type Record as Kept, type RecordTypeView, Refused, send } from "@/lib/api";
import { changesOf, type Conflict, conflictOf, without } from "@/lib/conflicts";
import { forget, keep } from "@/lib/kept";
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
  /** `isMore`: the person went on filling in meanwhile, and that is not saved yet. */
  onSaved: (record: Kept, isMore: boolean) => void;
}

type Place = Pick<Given, "type" | "record" | "begins"> & { person: string };

/** A new record is another one when it begins with other values; nobody sees what somebody else has filled in. */
export const keptName = ({ type, record, begins = "", person }: Place): string =>
  `stepwell.record.${person}.${record?.id ?? `${type.name}/new${begins}`}`;

/** Filling in a record; what is not saved yet outlives a reload. */
export function useEditing({ type, record, first, begins = "", onSaved }: Given): Editing {
  const texts = useTexts();
  const client = useQueryClient();
  const { name: person } = useMe();
  const name = keptName({ type, record, begins, person });
  const [found] = useState(() => keptInput(name));
  const [revision, setRevision] = useState(found?.revision ?? record?.revision ?? 0);
  const [base, setBase] = useState<Values>(() => found?.base ?? first);
  const [values, setValues] = useState<Values>(() => ({ ...base, ...found?.values }));
  const latest = useRef(values);
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const [wrongInAll, setWrongInAll] = useState("");
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const changes = changesOf(base, values);
  const isChanged = Object.keys(changes).length > 0;
  useKeepInput(name, isChanged ? { values: changes, base, revision } : null);

  const fill = (filled: Values): void => {
    latest.current = filled;
    setValues(filled);
  };
  const leave = (): void => {
    fill(base);
    forget(name);
  };
  /** Go on over what is saved now, with what was filled in since; of a new one, on the page that it has now. */
  const follow = (saved: Kept, since: Values): void => {
    keep(keptName({ type, record: saved, person }), {
      values: since,
      base: saved.values,
      revision: saved.revision,
    });
    if (!record) return;
    setBase(saved.values);
    setRevision(saved.revision);
    fill({ ...saved.values, ...since });
    setWrong(new Map());
    setWrongInAll("");
    setKey(newKey());
  };
  const done = (saved: Kept, since: Values): void => {
    const isMore = Object.keys(since).length > 0;
    forget(name);
    if (isMore) follow(saved, since);
    const { number } = placeOf(saved.id);
    client.setQueryData(["record", type.name, number], saved);
    onSaved(saved, isMore);
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
    const sent = latest.current;
    setIsBusy(true);
    setConflict(null);
    try {
      const command = commandOf(type.name, record, { values: given, revision: over });
      const saved = await send<Kept>(...command, { key });
      done(saved, changesOf(sent, latest.current));
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
    set: (field, value) => fill({ ...latest.current, [field]: value }),
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
