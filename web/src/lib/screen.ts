/** The screen: how wide it is, and what the person keeps as they like it in this browser. */
import { useCallback, useState, useSyncExternalStore } from "react";
import { asSwitch, keep, kept } from "./kept";

const NARROW = "(max-width: 899px)";

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const found = window.matchMedia(query);
      found.addEventListener("change", listener);
      return () => found.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

export const useIsNarrow = (): boolean => useMedia(NARROW);

/** A switch that this browser remembers. */
export function useKept(name: string, first: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => kept(name, asSwitch) ?? first);
  const turn = useCallback(
    (next: boolean) => {
      keep(name, next);
      setValue(next);
    },
    [name],
  );
  return [value, turn];
}
