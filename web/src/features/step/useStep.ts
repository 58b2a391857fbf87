/** The page of a step: opened, kept as typed, and told of by others. */
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { replaced } from "@/components/form/files";
import type { Values } from "@/components/form/filling";
import { get, part, type Presence, Refused, send, type StepPage } from "@/lib/api";
import { onLive } from "@/lib/live/live";

const TYPING = 700;
const PRESENT = 20_000;

export function useStep(id: string) {
  return useQuery({
    queryKey: ["step", id],
    queryFn: () => send<StepPage>("POST", `/user-tasks/${part(id)}/open`),
    staleTime: Infinity,
    gcTime: 0,
  });
}

export type DraftState = { kind: "none" } | { kind: "kept"; at: Date } | { kind: "failed" };

export interface DraftKeeper {
  state: DraftState;
  /** Keep these values soon. */
  keep: (values: Values) => void;
  /** Keep now what is not kept yet. */
  flush: () => Promise<void>;
  /** The step is done: nothing is to be kept any more. */
  drop: () => void;
}

/** Keeps what was typed: a moment after the last key, and when the page goes. */
export function useDraft(id: string): DraftKeeper {
  const [state, setState] = useState<DraftState>({ kind: "none" });
  const pending = useRef<Values | null>(null);
  const timer = useRef(0);

  const flush = useCallback(async (): Promise<void> => {
    window.clearTimeout(timer.current);
    const values = pending.current;
    if (!values) return;
    pending.current = null;
    try {
      await send("PUT", `/user-tasks/${part(id)}/draft`, { values: plain(values) }, { keepalive: true });
      setState({ kind: "kept", at: new Date() });
    } catch {
      pending.current ??= values;
      setState({ kind: "failed" });
    }
  }, [id]);
  const keep = useCallback(
    (values: Values) => {
      pending.current = values;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void flush(), TYPING);
    },
    [flush],
  );
  const drop = useCallback(() => {
    window.clearTimeout(timer.current);
    pending.current = null;
  }, []);

  useEffect(() => {
    const leave = (): void => void flush();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [flush]);
  return { state, keep, flush, drop };
}

/** What JSON has no word for is left out; files are not kept before they are sent. */
function plain(values: Values): Values {
  return replaced(JSON.parse(JSON.stringify(values)), new Map()) as Values;
}

export interface Elsewhere {
  kind: "done" | "cancelled" | "taken";
  by: string;
}

/** What somebody else did to the step that is open here. */
export function useElsewhere(id: string, me: string): Elsewhere | null {
  const [found, setFound] = useState<Elsewhere | null>(null);
  const client = useQueryClient();
  useEffect(
    () =>
      onLive(({ name, data }) => {
        if (name === "reset")
          void readAgain(client, id).then((isMine) => isMine || setFound({ kind: "taken", by: "" }));
        if (data["id"] !== id) return;
        const by = String(data["by"] ?? "");
        if (name === "task-taken" && data["assignee"] !== me) setFound({ kind: "taken", by });
        else if (name === "task-done" && by !== me) setFound({ kind: "done", by });
        else if (name === "task-cancelled" && by !== me) setFound({ kind: "cancelled", by });
        else if (name === "task-changed" || name === "task-taken")
          void readAgain(client, id).then((isMine) => isMine || by === me || setFound({ kind: "taken", by }));
      }),
    [id, me, client],
  );
  return found;
}

/** Read the page again after something changed about the step; whether one may still see it. */
async function readAgain(client: QueryClient, id: string): Promise<boolean> {
  try {
    client.setQueryData(["step", id], await get<StepPage>(`/user-tasks/${part(id)}/page`));
    return true;
  } catch (error) {
    return !(error instanceof Refused) || (error.status !== 403 && error.status !== 404);
  }
}

/** The login names of those who have the step open, too. */
export function useOthers(id: string, me: string): string[] {
  const [people, setPeople] = useState<string[]>([]);
  useEffect(() => {
    const path = `/user-tasks/${part(id)}/presence`;
    const say = (): void =>
      void send<Presence>("PUT", path, { is_here: true }).then(
        (found) => setPeople(found.items.map((one) => one.person)),
        () => setPeople([]),
      );
    const stop = onLive(({ name, data }) => {
      if (name === "presence" && data["id"] === id && Array.isArray(data["people"]))
        setPeople(data["people"].map(String));
    });
    const timer = window.setInterval(say, PRESENT);
    say();
    return () => {
      window.clearInterval(timer);
      stop();
      void send("PUT", path, { is_here: false }, { keepalive: true }).catch(() => undefined);
    };
  }, [id]);
  return people.filter((name) => name !== me);
}
