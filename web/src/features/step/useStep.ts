/** The page of a step: opened, kept as typed, and told of by others. */
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Values } from "@/components/form/filling";
import { type DraftKept, get, part, type Presence, Refused, send, type StepPage } from "@/lib/api";
import { liveState, onLive } from "@/lib/live/live";
import { isLastUsed } from "@/lib/live/tab";
import { findUnsaved, forgetUnsaved, keepUnsaved } from "@/lib/unsaved";

const TYPING = 700;
const PRESENT = 20_000;
const MOST_SENT = 5;
const OVER: readonly number[] = [403, 404, 409];
const KINDS: Readonly<Record<string, Elsewhere["kind"]>> = {
  "user-task.completed": "done",
  "user-task.ended": "cancelled",
};

/** Where the page of a step is shown: as a page of its own, or with others. Each place reads it for itself. */
export type Place = "step" | "answer";

export function useStep(id: string, place: Place = "step") {
  return useQuery({
    queryKey: [place, id],
    queryFn: () => send<StepPage>("POST", `/user-tasks/${part(id)}/open`),
    staleTime: Infinity,
    gcTime: 0,
  });
}

export type DraftState =
  | { kind: "none" }
  | { kind: "kept"; at: Date }
  /** It did not reach the server, and is kept here. */
  | { kind: "here"; error: unknown }
  /** The step is done or somebody else's: nobody keeps it. */
  | { kind: "over" };

export interface DraftKeeper {
  state: DraftState;
  /** What was typed before and had not reached the server. */
  restored: Values | null;
  /** Keep these values soon. */
  keep: (values: Values) => void;
  /** Keep now what is not kept yet. */
  flush: () => Promise<void>;
  /** The step is done: nothing is to be kept any more. */
  drop: () => void;
  /** What was typed is saved, and the page is this one now; what was typed since is to be kept. */
  startOver: (typed: Values, page: StepPage) => void;
}

/** Keeps what was typed: in the browser at once, on the server a moment after the last key, and when the page goes. */
export function useDraft(page: StepPage, me: string): DraftKeeper {
  const { id } = page;
  const [state, setState] = useState<DraftState>({ kind: "none" });
  const [restored] = useState(() => findUnsaved(me, id, page.draft));
  const pending = useRef<Values | null>(null);
  const over = useRef(page.draft?.at ?? null);
  /** What is on its way, or may have arrived although no answer did. */
  const sent = useRef<readonly Values[]>([]);
  const timer = useRef(0);

  const keepHere = useCallback(
    (values: Values) => keepUnsaved(me, id, { values, over: over.current, sent: sent.current }),
    [id, me],
  );
  const sending = useRef<Promise<void> | null>(null);

  /** One after the other: an older draft must not arrive after a newer one. */
  const sendAll = useCallback(async (): Promise<void> => {
    while (pending.current) {
      const values = pending.current;
      pending.current = null;
      sent.current = [...sent.current, values].slice(-MOST_SENT);
      try {
        const draft = await put(id, values);
        over.current = draft.at;
        sent.current = [];
        if (pending.current) keepHere(pending.current);
        else forgetUnsaved(me, id);
        setState({ kind: "kept", at: new Date() });
      } catch (error) {
        pending.current ??= values;
        if (isOver(error)) forgetUnsaved(me, id);
        else if (sent.current.includes(values)) keepHere(pending.current);
        setState(isOver(error) ? { kind: "over" } : { kind: "here", error });
        return;
      }
    }
  }, [id, keepHere, me]);
  const flush = useCallback((): Promise<void> => {
    window.clearTimeout(timer.current);
    sending.current ??= sendAll().finally(() => (sending.current = null));
    return sending.current;
  }, [sendAll]);
  const keep = useCallback(
    (values: Values) => {
      pending.current = plain(values);
      keepHere(pending.current);
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void flush(), TYPING);
    },
    [flush, keepHere],
  );
  const drop = useCallback(() => {
    window.clearTimeout(timer.current);
    pending.current = null;
    sent.current = [];
    forgetUnsaved(me, id);
  }, [id, me]);

  const startOver = useCallback(
    (typed: Values, { draft, revision }: StepPage) => {
      if ((revision ?? null) === null) return; // there what was saved is the draft
      const isOnItsWay = sending.current !== null;
      drop();
      over.current = draft?.at ?? null;
      setState({ kind: "none" });
      if (isOnItsWay || draft || Object.keys(typed).length > 0) keep(typed);
    },
    [drop, keep],
  );

  useEffect(() => {
    if (restored) keep(restored);
  }, [restored, keep]);
  useEffect(() => {
    const leave = (): void => void sendAll(); // a page that goes hears no answer to what is on its way
    const back = liveState.subscribe(() => void (liveState.get() === "live" && flush()));
    window.addEventListener("pagehide", leave);
    return () => {
      back();
      window.removeEventListener("pagehide", leave);
      void flush();
    };
  }, [flush, sendAll]);
  return { state, restored, keep, flush, drop, startOver };
}

function put(id: string, values: Values): Promise<DraftKept> {
  return send<DraftKept>("PUT", `/user-tasks/${part(id)}/draft`, { values }, { keepalive: true });
}

/** The step is done or not the person's any more: nothing waits to be sent. */
const isOver = (error: unknown): boolean => error instanceof Refused && OVER.includes(error.status);

/** What JSON has no word for is left out. */
function plain(values: Values): Values {
  return JSON.parse(JSON.stringify(values)) as Values;
}

export interface Elsewhere {
  kind: "done" | "cancelled" | "taken" | "over";
  by: string;
  /** When it was, where the server tells. */
  at?: string;
}

/** What was done to the step that is open here, by somebody else or by the same person in another place. */
export function useElsewhere(id: string, me: string, place: Place = "step"): Elsewhere | null {
  const [found, setFound] = useState<Elsewhere | null>(null);
  const client = useQueryClient();
  useEffect(
    () =>
      onLive(({ name, data }) => {
        if (name === "reset") void readAgain(client, [place, id]).then((read) => read && setFound(read));
        if (data["id"] !== id) return;
        const by = String(data["by"] ?? "");
        if (name === "task-done") setFound({ kind: "done", by });
        else if (name === "task-cancelled") setFound({ kind: "cancelled", by });
        else if (name === "task-taken" && by !== me && data["assignee"] !== me)
          setFound({ kind: "taken", by });
        else if (name === "task-changed" || name === "task-taken")
          void readAgain(client, [place, id]).then((read) => {
            const isDoneHere = by === me && isLastUsed();
            if (read && !isDoneHere) setFound(read.by ? read : { kind: "taken", by });
          });
      }),
    [id, me, client, place],
  );
  return found;
}

/** The page as it is by now, for everybody who shows it. */
export async function readPage(client: QueryClient, key: [Place, string]): Promise<StepPage> {
  const page = await get<StepPage>(`/user-tasks/${part(key[1])}/page`);
  client.setQueryData(key, page);
  return page;
}

/** Read the page again after something changed about the step; what became of it when one may not see it any more. */
async function readAgain(client: QueryClient, key: [Place, string]): Promise<Elsewhere | null> {
  try {
    await readPage(client, key);
    return null;
  } catch (error) {
    return error instanceof Refused ? elsewhereIn(error) : null;
  }
}

/** What the server says of a step that is over, or not the person's any more. */
export function elsewhereIn({ status, code, facts }: Refused): Elsewhere | null {
  const kind = KINDS[code];
  if (kind) return { kind, by: String(facts["by"] ?? ""), at: String(facts["at"] ?? "") };
  if (status === 404) return { kind: "over", by: "" };
  return status === 403 ? { kind: "taken", by: "" } : null;
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
