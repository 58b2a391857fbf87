/** Reading again what the server said has changed: soon, but not more often than the reader can follow. */
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type LiveEvent, onLive } from "./live";

const SOON = 60; // milliseconds in which what is told is answered by one reading

/** Read what is kept under a key again when an event is meant; `pause`: milliseconds from one reading to the next. */
export function useReadAgain(key: QueryKey, isMeant: (event: LiveEvent) => boolean, pause: number): void {
  const client = useQueryClient();
  const asked = useRef({ key, isMeant });
  useEffect(() => {
    asked.current = { key, isMeant };
  });
  useEffect(() => {
    let timer = 0;
    let last = 0;
    const read = (): void => {
      timer = 0;
      last = Date.now();
      void client.invalidateQueries({ queryKey: asked.current.key });
    };
    const stop = onLive((event) => {
      if (event.name !== "reset" && !asked.current.isMeant(event)) return;
      timer ||= window.setTimeout(read, Math.max(SOON, last + pause - Date.now()));
    });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [client, pause]);
}
