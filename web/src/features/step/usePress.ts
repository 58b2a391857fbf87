/** Pressing a button of a step's page: what is right goes to the server, what is wrong is shown. */
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import type { Filling, Values } from "@/components/form/filling";
import {
  type ButtonShown,
  keyAfter,
  newKey,
  part,
  type Progress,
  Refused,
  send,
  type StepPage,
} from "@/lib/api";
import { done } from "@/lib/doings";
import { type Conflict, conflictOf } from "@/lib/conflicts";
import { drop, touchInbox } from "@/lib/inbox";
import { AWAITED, type Ran, runInFront, useOpening } from "@/lib/opening";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import type { DraftKeeper } from "./useStep";

export interface Press {
  press: (button: ButtonShown) => Promise<void>;
  /** What Enter presses: the first button that completes the step. */
  byEnter: () => void;
  isBusy: boolean;
  isSent: () => boolean;
  wrong: readonly string[];
  /** What the saved record does not meet yet; null: nothing was saved here. */
  conditions: readonly string[] | null;
  /** Somebody saved the record of the page before. */
  conflict: Clash | null;
  /** Save over theirs; of these fields theirs stay. */
  settle: (theirs: readonly string[]) => void;
  closeConflict: () => void;
}

export interface Clash extends Conflict {
  button: ButtonShown;
  mine: Values;
}

export function usePress(page: StepPage, filling: RefObject<Filling | null>, draft: DraftKeeper): Press {
  const texts = useTexts();
  const client = useQueryClient();
  const { advance } = useOpening();
  const [isBusy, setIsBusy] = useState(false);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [conditions, setConditions] = useState<readonly string[] | null>(null);
  const [conflict, setConflict] = useState<Clash | null>(null);
  const sent = useRef(false);
  const key = useRef(newKey());
  const isLeft = useRef(false);

  /** The person does not wait: the step counts as done, and what goes wrong behind is told. */
  const goOn = (): void => {
    isLeft.current = true;
    draft.drop();
    drop(client, page.id);
    advance(page.id);
  };
  const succeed = ({ progress }: Ran, button: ButtonShown): void => {
    if (isLeft.current) {
      void touchInbox(client);
      return;
    }
    const open = progress.open_conditions ?? [];
    if (open.length > 0 || !button.completes) {
      sent.current = false;
      setConditions(open);
      tell(texts.step.saved);
      void client.invalidateQueries({ queryKey: ["step", page.id] });
      return;
    }
    if (page.kind === "question") done("answered");
    draft.drop();
    drop(client, page.id);
    const hasNext = (progress.next ?? []).length > 0;
    if (!hasNext) tell(toldOf(progress, page.title, texts.step));
    advance(page.id);
    void touchInbox(client);
  };
  const fail = (error: unknown, button: ButtonShown, mine: Values): void => {
    sent.current = false;
    if (!(error instanceof Refused)) throw error;
    if (isLeft.current) {
      tell(says(error, texts), { isError: true });
      void touchInbox(client);
      return;
    }
    const found = conflictOf(error);
    setConflict(found && { ...found, button, mine });
    if (found) return;
    const left = filling.current?.mark(error.problems) ?? error.problems;
    const isPlaced = error.problems.length > 0 && left.length === 0;
    setWrong(isPlaced ? [] : left.length > 0 ? left.map((one) => one.message) : [says(error, texts)]);
  };

  const press = async (button: ButtonShown): Promise<void> => {
    if (isBusy) return;
    const values = button.validates ? filling.current?.collect() : filling.current?.values();
    setWrong([]);
    if (values) await give(button, values);
  };
  const give = async (button: ButtonShown, values: Values, revision?: number): Promise<void> => {
    setIsBusy(true);
    sent.current = true;
    try {
      const body = { button: button.code, values, revision, ...AWAITED };
      const what = { title: page.title, instanceId: page.instance_id, onLeave: goOn };
      succeed(await runInFront(what, () => complete(page.id, body, key.current)), button);
      key.current = newKey();
    } catch (error) {
      key.current = keyAfter(error, key.current);
      fail(error, button, values);
    } finally {
      setIsBusy(false);
    }
  };
  /** A field that is as the page showed it is not saved: what stands in the record stays. */
  const settle = (theirs: readonly string[]): void => {
    if (!conflict) return;
    const kept = Object.fromEntries(theirs.map((name) => [name, page.values[name] ?? null]));
    setConflict(null);
    void give(conflict.button, { ...conflict.mine, ...kept }, conflict.revision);
  };
  const byEnter = (): void => {
    const first = page.buttons.find((button) => button.completes);
    if (first) void press(first);
  };
  return {
    press,
    byEnter,
    isBusy,
    isSent: () => sent.current,
    wrong,
    conditions,
    conflict,
    settle,
    closeConflict: () => setConflict(null),
  };
}

function complete(id: string, body: Values, key: string): Promise<Progress> {
  return send<Progress>("POST", `/user-tasks/${part(id)}/complete`, body, { key });
}

function toldOf(progress: Progress, title: string, texts: ReturnType<typeof useTexts>["step"]): string {
  if (progress.state === "ended") return texts.ended(title);
  return progress.state === "running" ? texts.goesOn(title) : texts.completed(title);
}
