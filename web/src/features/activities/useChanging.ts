/** Changing an activity: over what it is filled in, what is kept of it in this browser, and what others saved meanwhile. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { newKey, part, type Record as Kept, Refused, send } from "@/lib/api";
import { type Conflict, conflictOf, without } from "@/lib/conflicts";
import { forget } from "@/lib/kept";
import { keptInput, useKeepInput } from "@/lib/keptInput";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import type { Values } from "@/lib/values";
import { numberOf, touchActivities } from "./data";
import { type ActivityForm, useActivityForm } from "./useActivityForm";
import { asKept, changedValues, type Filled, filledAgain, filledFrom, keptName } from "./values";

/** What it was when the person began to change it. */
interface Base {
  values: Values;
  revision: number;
}

/** What cancels the activity, once the person has agreed to cancel the step as well. */
interface Held {
  changed: Values;
  revision: number;
}

export interface Changing {
  form: ActivityForm;
  before: Values;
  conflict: { changed: Values; found: Conflict } | null;
  /** Save over what somebody else saved; of these fields theirs stay. */
  settle: (theirs: readonly string[]) => void;
  closeConflict: () => void;
  /** The activity is to be cancelled, and a step waits for it. */
  isCancelling: boolean;
  cancelBoth: () => Promise<void>;
  closeCancelling: () => void;
}

export function useChanging(record: Kept): Changing {
  const { activities: texts } = useTexts();
  const { name: me, time_zone: zone, rights } = useMe();
  const client = useQueryClient();
  const name = keptName(me, numberOf(record.id));
  const [found] = useState(() => (record.may_change ? keptInput(name) : null));
  const [base, setBase] = useState<Base>(() =>
    found ? { values: found.base, revision: found.revision } : baseOf(record),
  );
  const [conflict, setConflict] = useState<Changing["conflict"]>(null);
  const [cancelling, setCancelling] = useState<Held | null>(null);
  const before = filledFrom({ ...record, values: base.values }, zone);

  const over = useRef(base.revision);
  const put = async (changed: Values, revision: number, more: object = {}): Promise<Filled> => {
    over.current = revision;
    const path = `/records/activity/${part(numberOf(record.id))}`;
    const body = { values: changed, revision, ...more };
    const saved = await send<Kept>("PUT", path, body, { key: newKey() });
    forget(name);
    setConflict(null);
    setBase(baseOf(saved));
    tell(texts.saved(saved.title));
    return filledFrom(saved, zone);
  };
  const refused = (error: Refused, changed: Values): boolean => {
    const theirs = conflictOf(error);
    if (theirs) setConflict({ changed, found: theirs });
    else if (error.code === "activity.awaited" && rights.includes("operate"))
      setCancelling({ changed, revision: over.current });
    else return false;
    return true;
  };
  const first = found ? filledAgain(found.values, before) : before;
  const form = useActivityForm(first, before, (changed) => put(changed, base.revision), refused);
  const isChanged = Object.keys(changedValues(before, form.filled, zone)).length > 0;
  if (!isChanged && record.revision > base.revision) {
    setBase(baseOf(record));
    form.change(filledFrom(record, zone));
  }
  const input = { values: asKept(form.filled), base: base.values, revision: base.revision };
  useKeepInput(name, isChanged ? input : null);
  return {
    form,
    before: base.values,
    conflict,
    settle: (theirs) => {
      if (!conflict) return;
      setConflict(null);
      void form.give(without(conflict.changed, theirs), (left) => put(left, conflict.found.revision));
    },
    closeConflict: () => setConflict(null),
    isCancelling: cancelling !== null,
    cancelBoth: async () => {
      if (!cancelling) return;
      form.change(await put(cancelling.changed, cancelling.revision, { cancel_step: true }));
      await touchActivities(client);
    },
    closeCancelling: () => setCancelling(null),
  };
}

function baseOf(record: Kept): Base {
  return { values: record.values, revision: record.revision };
}
