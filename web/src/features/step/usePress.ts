/** Pressing a button of a step's page: what is right goes to the server, what is wrong is shown. */
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import { withFiles } from "@/components/form/files";
import type { Filling, Values } from "@/components/form/filling";
import { type ButtonShown, newKey, part, type Progress, Refused, send, type StepPage } from "@/lib/api";
import { done } from "@/lib/doings";
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
}

export function usePress(page: StepPage, filling: RefObject<Filling | null>, draft: DraftKeeper): Press {
  const texts = useTexts();
  const client = useQueryClient();
  const { advance } = useOpening();
  const [isBusy, setIsBusy] = useState(false);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [conditions, setConditions] = useState<readonly string[] | null>(null);
  const sent = useRef(false);
  const revision = useRef<number | undefined>(undefined);

  const succeed = ({ progress, isLeft }: Ran, button: ButtonShown): void => {
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
    if (!isLeft && !hasNext) tell(toldOf(progress, page.title, texts.step));
    advance();
    void touchInbox(client);
  };
  const fail = (error: unknown): void => {
    sent.current = false;
    if (!(error instanceof Refused)) throw error;
    const newer = newerRevision(error);
    revision.current = newer ?? revision.current;
    const left = filling.current?.mark(error.problems) ?? error.problems;
    const isPlaced = error.problems.length > 0 && left.length === 0;
    const hint = newer === undefined ? [] : [texts.step.changedHint];
    setWrong(
      isPlaced ? [] : left.length > 0 ? left.map((one) => one.message) : [says(error, texts), ...hint],
    );
  };

  const press = async (button: ButtonShown): Promise<void> => {
    if (isBusy) return;
    const values = button.validates ? filling.current?.collect() : filling.current?.values();
    setWrong([]);
    if (!values) return;
    setIsBusy(true);
    sent.current = true;
    try {
      const filled = await withFiles(page.id, values, filling.current);
      const body = { button: button.code, values: filled, revision: revision.current, ...AWAITED };
      succeed(
        await runInFront({ title: page.title, instanceId: page.instance_id }, () => complete(page.id, body)),
        button,
      );
    } catch (error) {
      fail(error);
    } finally {
      setIsBusy(false);
    }
  };
  const byEnter = (): void => {
    const first = page.buttons.find((button) => button.completes);
    if (first) void press(first);
  };
  return { press, byEnter, isBusy, isSent: () => sent.current, wrong, conditions };
}

function complete(id: string, body: Values): Promise<Progress> {
  return send<Progress>("POST", `/user-tasks/${part(id)}/complete`, body, { key: newKey() });
}

function toldOf(progress: Progress, title: string, texts: ReturnType<typeof useTexts>["step"]): string {
  if (progress.state === "ended") return texts.ended(title);
  return progress.state === "running" ? texts.goesOn(title) : texts.completed(title);
}

/** Somebody saved the record meanwhile: the next save is meant over theirs. */
function newerRevision(error: Refused): number | undefined {
  const found =
    error.facts["revision"] ?? (error.facts["now"] as { revision?: unknown } | undefined)?.revision;
  return error.status === 409 && typeof found === "number" ? found : undefined;
}
