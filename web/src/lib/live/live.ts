/** The live channel: what the server tells, and whether it can be heard. */
import { get, type Me, startOver } from "@/lib/api";
import { storeOf } from "@/lib/store";

export interface LiveEvent {
  name: string;
  data: Record<string, unknown>;
}

export type LiveState = "connecting" | "live" | "offline";

const NAMES = [
  "task-created",
  "task-taken",
  "task-changed",
  "task-done",
  "task-cancelled",
  "reminder-due",
  "task-overdue",
  "step-to-open",
  "instance-changed",
  "notification",
  "notification-read",
  "comment",
  "presence",
  "reset",
];
/** They say no more than that somebody is there, and up to where everything was heard. */
const SIGNS = ["hello", "mark"];
export const SILENCE = 40_000; // milliseconds; the server speaks every 15 to 20 seconds
const SOONEST = 1_000;
const LATEST = 15_000;

export const liveState = storeOf<LiveState>("connecting");
const listeners = new Set<(event: LiveEvent) => void>();

export function onLive(listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Listen until the returned function is called; lost, it comes back by itself. Whenever it begins, it tells `reset`; `onSign` is
 * called when nothing is told, but somebody is there or looked for.
 */
export function listen(where: string, person: string, onSign = (): void => undefined): () => void {
  let source: EventSource | null = null;
  let timer = 0;
  let silence = 0;
  let wait = SOONEST;
  let lastId = "";
  let isOver = false;

  const again = (): void => {
    if (isOver) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void reopen(), wait);
    wait = Math.min(wait * 2, LATEST);
    onSign();
  };
  const lose = (): void => {
    window.clearTimeout(silence);
    liveState.set("offline");
    source?.close();
    again();
  };
  /** A connection may be gone without a word: who is not heard for long is not there. */
  const watch = (): void => {
    window.clearTimeout(silence);
    silence = window.setTimeout(lose, SILENCE);
  };
  /** The channel ends with the session, and another one may be somebody else's; when there is none, the answer says so. */
  const reopen = async (): Promise<void> => {
    try {
      const { name } = await get<Me>("/me", {}, AbortSignal.timeout(SILENCE));
      if (name !== person) startOver();
      else if (!isOver) open();
    } catch {
      again();
    }
  };
  const open = (): void => {
    window.clearTimeout(timer);
    source?.close();
    source = new EventSource(lastId ? `${where}?after=${encodeURIComponent(lastId)}` : where);
    watch();
    source.addEventListener("open", () => {
      watch();
      wait = SOONEST;
      liveState.set("live");
      tell({ name: "reset", data: {} }); // what was read before may be older than the first thing that is told
    });
    source.addEventListener("error", lose);
    for (const name of [...NAMES, ...SIGNS])
      source.addEventListener(name, (event) => hear(name, event as MessageEvent<string>));
  };
  const hear = (name: string, event: MessageEvent<string>): void => {
    watch();
    lastId = event.lastEventId || lastId;
    if (SIGNS.includes(name)) onSign();
    else tell({ name, data: parsed(event.data) });
  };
  const hurry = (): void => {
    if (liveState.get() === "offline") void reopen();
  };

  open();
  window.addEventListener("online", hurry);
  return () => {
    isOver = true;
    window.removeEventListener("online", hurry);
    window.clearTimeout(timer);
    window.clearTimeout(silence);
    source?.close();
    liveState.set("connecting");
  };
}

/** Tell everybody in this tab; who fails at it keeps it from no other. */
export function tell(event: LiveEvent): void {
  for (const listener of listeners)
    try {
      listener(event);
    } catch (error) {
      reportError(error);
    }
}

function parsed(text: string): Record<string, unknown> {
  const found: unknown = text ? JSON.parse(text) : {};
  return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
}
