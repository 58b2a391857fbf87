import { changed, type Looking, lookingOf, type View } from "@/lib/panelView";
import { useMe } from "@/lib/session";
import { useStore } from "@/lib/store";

export interface LookingAt extends Looking {
  change: (part: Partial<View>) => void;
  look: (at: Looking) => void;
}

/** How the person looks at the tasks, and how to look at them otherwise. */
export function useLooking(): LookingAt {
  const store = lookingOf(useMe().name);
  const { view, saved } = useStore(store);
  return {
    view,
    saved,
    change: (part) => store.set({ view: changed(store.get().view, part), saved: store.get().saved }),
    look: store.set,
  };
}
