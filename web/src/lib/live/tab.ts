/** Which tab of the browser was used last: a step opens by itself there only. */
import { newKey } from "@/lib/api";
import { keepText, keptText } from "@/lib/kept";

const PLACE = "stepwell.tab";
const mine = newKey();

export function watchTab(): () => void {
  const used = (): void => {
    if (document.visibilityState === "visible") keepText(PLACE, mine);
  };
  const names = ["focus", "pointerdown", "keydown"] as const;
  used();
  for (const name of names) window.addEventListener(name, used, { passive: true });
  return () => {
    for (const name of names) window.removeEventListener(name, used);
  };
}

/** Where a browser keeps nothing, no tab knows of another one. */
export function isLastUsed(): boolean {
  return (keptText(PLACE) ?? mine) === mine;
}
