/** What is pressed goes to the server, and what may have been carried out already goes out once more as it was. */
import { useRef } from "react";
import type { Values } from "@/components/form/filling";
import {
  type ButtonShown,
  isRefusal,
  keyAfter,
  newKey,
  part,
  type Progress,
  send,
  type StepPage,
} from "@/lib/api";
import { isSame } from "@/lib/conflicts";
import { AWAITED, type Ran, runInFront } from "@/lib/opening";
import type { Shown } from "./base";

/** What was pressed. */
export interface Sent {
  button: ButtonShown;
  values: Values;
  /** What the form held, and over what. */
  typed: Values;
  over: Shown;
}

export interface Sending {
  /** The same, over what it was sent over before when the answer to that was lost. */
  asSent: (given: Sent) => Sent;
  send: (given: Sent, onLeave: () => void) => Promise<Ran>;
}

export function useSending(page: StepPage): Sending {
  const key = useRef(newKey());
  const lost = useRef<Sent | null>(null);
  const asSent = (given: Sent): Sent => {
    const before = lost.current;
    const isOnce = before?.button.code === given.button.code && isSame(before.values, given.values);
    return isOnce ? { ...given, over: before.over } : given;
  };
  const sendNow = async (given: Sent, onLeave: () => void): Promise<Ran> => {
    const { button, values, over } = given;
    const body = { button: button.code, values, revision: over.revision, ...AWAITED };
    const what = { title: page.title, instanceId: page.instance_id, onLeave };
    try {
      const ran = await runInFront(what, () => complete(page.id, body, key.current));
      key.current = newKey();
      lost.current = null;
      return ran;
    } catch (error) {
      key.current = keyAfter(error, key.current);
      lost.current = isRefusal(error) ? null : given;
      throw error;
    }
  };
  return { asSent, send: sendNow };
}

function complete(id: string, body: Values, key: string): Promise<Progress> {
  return send<Progress>("POST", `/user-tasks/${part(id)}/complete`, body, { key });
}
