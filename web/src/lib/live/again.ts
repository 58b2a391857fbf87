/** Reading again what the server said has changed: soon, once for all that is told meanwhile, one reading after the other. */
import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type LiveEvent, onLive } from "./live";

const SOON = 40; // milliseconds in which what is told is answered by one reading

export interface Again {
  /** Read soon; after what is being read now has come, unless that is given up. */
  ask: (givesUp?: boolean) => void;
  stop: () => void;
}

/** `pause`: milliseconds from the beginning of one reading to that of the next. */
export function soonOnce(read: () => Promise<unknown>, pause = 0): Again {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = -Infinity;
  let reading: Promise<unknown> | null = null;
  let isMissed = false;
  let isOver = false;
  const go = async (): Promise<void> => {
    timer = null;
    isMissed = false;
    last = Date.now();
    const mine = read().catch(() => undefined);
    reading = mine;
    await mine;
    if (reading !== mine) return;
    reading = null;
    if (isMissed) ask();
  };
  const ask = (givesUp = false): void => {
    if (isOver) return;
    if (givesUp) reading = null;
    isMissed = true;
    if (!reading) timer ??= setTimeout(() => void go(), Math.max(SOON, last + pause - Date.now()));
  };
  const stop = (): void => {
    isOver = true;
    if (timer !== null) clearTimeout(timer);
  };
  return { ask, stop };
}

/** Read again when an event is meant, and whenever something may have been missed. */
export function useReadAgain(
  read: (client: QueryClient) => Promise<unknown>,
  isMeant: (event: LiveEvent) => boolean,
  pause = 0,
): void {
  const client = useQueryClient();
  const asked = useRef({ read, isMeant });
  useEffect(() => {
    asked.current = { read, isMeant };
  });
  useEffect(() => {
    const again = soonOnce(() => asked.current.read(client), pause);
    const stop = onLive((event) => {
      const isReset = event.name === "reset"; // what is being read may have been lost with the connection
      if (isReset || asked.current.isMeant(event)) again.ask(isReset);
    });
    return () => {
      stop();
      again.stop();
    };
  }, [client, pause]);
}

/** What is kept under these keys is read again where it is shown, and else when it is. */
export function touch(client: QueryClient, ...keys: readonly QueryKey[]): Promise<unknown> {
  return Promise.all(keys.map((queryKey) => readAgain(client, queryKey)));
}

/** What is being read for the first time may be older than what was told: it is not given up, so it is read once more. */
async function readAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const first = client.getQueryCache().findAll({
    queryKey,
    fetchStatus: "fetching",
    predicate: ({ state }) => state.data === undefined,
  });
  await Promise.allSettled(first.map((query) => query.promise));
  await client.invalidateQueries({ queryKey });
}
