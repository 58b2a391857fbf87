/** Changing an activity: over what it is filled in, what is kept of it in this browser, and what others saved meanwhile. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { newKey, part, type Record as Kept, Refused, send } from "@/lib/api";
import { type Conflict, conflictOf } from "@/lib/conflicts";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { findUnsaved, forgetUnsaved, keepUnsaved } from "@/lib/unsaved";
import { numberOf, touchActivities } from "./data";
import { type ActivityForm, useActivityForm } from "./useActivityForm";
import { changedValues, type Filled, filledFrom } from "./values";

type Values = Record<string, unknown>;

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
  /** Save these values over what somebody else saved. */
  settle: (values: Values, revision: number) => void;
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
  const place = `activity/${numberOf(record.id)}`;
  const [kept] = useState(() => (record.may_change ? findUnsaved(me, place, null) : null));
  const [base, setBase] = useState<Base>(() => (kept?.["base"] as Base | undefined) ?? baseOf(record));
  const [conflict, setConflict] = useState<Changing["conflict"]>(null);
  const [cancelling, setCancelling] = useState<Held | null>(null);
  const before = filledFrom({ ...record, values: base.values }, zone);

  const over = useRef(base.revision);
  const put = async (changed: Values, revision: number, more: object = {}): Promise<Filled> => {
    over.current = revision;
    const path = `/records/activity/${part(numberOf(record.id))}`;
    const body = { values: changed, revision, ...more };
    const saved = await send<Kept>("PUT", path, body, { key: newKey() });
    forgetUnsaved(me, place);
    setConflict(null);
    setBase(baseOf(saved));
    tell(texts.saved(saved.title));
    return filledFrom(saved, zone);
  };
  const refused = (error: Refused, changed: Values): boolean => {
    const found = conflictOf(error);
    if (found) setConflict({ changed, found });
    else if (error.code === "activity.awaited" && rights.includes("operate"))
      setCancelling({ changed, revision: over.current });
    else return false;
    return true;
  };
  const first = (kept?.["filled"] as Filled | undefined) ?? before;
  const form = useActivityForm(first, before, (changed) => put(changed, base.revision), refused);
  const isChanged = Object.keys(changedValues(before, form.filled, zone)).length > 0;
  if (!isChanged && record.revision > base.revision) {
    setBase(baseOf(record));
    form.change(filledFrom(record, zone));
  }
  const { filled } = form;
  useEffect(() => {
    if (isChanged) keepUnsaved(me, place, { values: { filled, base }, over: null });
    else forgetUnsaved(me, place);
  }, [me, place, isChanged, filled, base]);
  return {
    form,
    before: base.values,
    conflict,
    settle: (values, revision) => {
      setConflict(null);
      void form.give(values, (changed) => put(changed, revision));
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
