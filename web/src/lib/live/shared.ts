/**
 * One live channel for all tabs of a browser: a browser opens few connections to one server, and a channel holds one of
 * them for ever. The tab that has the lock listens and passes on what it hears; when it is closed, another one takes over.
 */
import { listen, type LiveEvent, liveState, type LiveState, onLive, tell } from "./live";

const NAME = "stepwell.live";

type Passed = { kind: "event"; event: LiveEvent } | { kind: "state"; state: LiveState } | { kind: "who" };

/** Listen, or hear from the tab that does, until the returned function is called. */
export function listenTogether(where: string, person: string): () => void {
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) return listen(where, person);
  const name = `${NAME}.${person}`; // what one person hears is for nobody else
  const channel = new BroadcastChannel(name);
  const ending = new AbortController();
  const pass = (passed: Passed): void => channel.postMessage(passed);
  let stop: (() => void) | null = null;

  channel.addEventListener("message", ({ data }: MessageEvent<Passed>) => {
    if (data.kind === "who") {
      if (stop) pass({ kind: "state", state: liveState.get() });
    } else if (!stop && data.kind === "state") liveState.set(data.state);
    else if (!stop && data.kind === "event") tell(data.event);
  });
  pass({ kind: "who" });
  void navigator.locks
    .request(name, { signal: ending.signal }, () => {
      const heardBefore = liveState.get() !== "connecting";
      stop = passingOn(where, person, pass);
      if (heardBefore) tell({ name: "reset", data: {} });
      return new Promise<void>((done) => ending.signal.addEventListener("abort", () => done()));
    })
    .catch(() => undefined); // it ended before it had the lock
  return () => {
    ending.abort();
    stop?.();
    channel.close();
  };
}

/** Listen oneself, and pass on everything that is heard. */
function passingOn(where: string, person: string, pass: (passed: Passed) => void): () => void {
  const stops = [
    onLive((event) => pass({ kind: "event", event })),
    liveState.subscribe(() => pass({ kind: "state", state: liveState.get() })),
    listen(where, person),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
