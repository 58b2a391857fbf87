/** What the person looks at, for the title of the tab: a step that is open comes before the page beneath. */
import { useEffect } from "react";
import { storeOf, useStore } from "./store";

const places = { page: storeOf(""), step: storeOf("") };

export function useTitleOf(title: string, place: keyof typeof places = "page"): void {
  useEffect(() => {
    const store = places[place];
    store.set(title);
    return () => {
      if (store.get() === title) store.set("");
    };
  }, [title, place]);
}

export function useTitle(): string {
  const page = useStore(places.page);
  return useStore(places.step) || page;
}
