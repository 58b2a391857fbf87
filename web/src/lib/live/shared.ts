/**
 * One live channel for all tabs of a browser: a browser opens few connections to one server, and a channel holds one of
 * them for ever. The tab that has the lock listens and passes on what it hears; when it is closed, another one takes over.
 * A tab may hang and keep the lock: who hears nothing of it for long takes the lock away.
 */
import { listen, type LiveEvent, liveState, type LiveState, onLive, SILENCE, tell } from "./live";

const NAME = "stepwell.live";
const SPREAD = 4_000; // milliseconds: not all that hear nothing take over at once

type Passed = { kind: "event"; event: LiveEvent } | { kind: "state"; state: LiveState } | { kind: "who" };

/** Listen, or hear from the tab that does, until the returned function is called. */
export function listenTogether(where: string, person: string): () => void {
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) return listen(where, person);
  const name = `${NAME}.${person}`; // what one person hears is for nobody else
  const channel = new BroadcastChannel(name);
  const pass = (passed: Passed): void => channel.postMessage(passed);
  let asking = new AbortController();
  let silence = 0;
  let isOver = false;
  let stop: (() => void) | null = null;
  let release = (): void => undefined;

  const lead = (): Promise<void> => {
    window.clearTimeout(silence);
    const heardBefore = liveState.get() !== "connecting";
    stop = passingOn(where, person, pass);
    if (heardBefore) tell({ name: "reset", data: {} });
    return new Promise((done) => {
      release = done;
    });
  };
  const ask = (steals: boolean): void => {
    const mine = new AbortController();
    asking.abort();
    asking = mine;
    void navigator.locks
      .request(name, steals ? { steal: true } : { signal: mine.signal }, lead)
      .catch(() => isOver || mine.signal.aborted || follow()); // the others have taken the lock away
  };
  const watch = (): void => {
    window.clearTimeout(silence);
    silence = window.setTimeout(takeOver, SILENCE + Math.random() * SPREAD);
  };
  const takeOver = (): void => {
    liveState.set("offline");
    ask(true);
  };
  const follow = (): void => {
    stop?.();
    stop = null;
    watch();
    pass({ kind: "who" });
    ask(false);
  };

  channel.addEventListener("message", ({ data }: MessageEvent<Passed>) => {
    if (data.kind === "who") {
      if (stop) pass({ kind: "state", state: liveState.get() });
    } else if (!stop) {
      watch();
      if (data.kind === "state") liveState.set(data.state);
      else tell(data.event);
    }
  });
  follow();
  return () => {
    isOver = true;
    window.clearTimeout(silence);
    asking.abort();
    release();
    stop?.();
    channel.close();
  };
}

/** Listen oneself, and pass on everything that is heard, also that somebody is there. */
function passingOn(where: string, person: string, pass: (passed: Passed) => void): () => void {
  const passState = (): void => pass({ kind: "state", state: liveState.get() });
  const stops = [
    onLive((event) => pass({ kind: "event", event })),
    liveState.subscribe(passState),
    listen(where, person, passState),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
