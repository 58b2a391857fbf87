/** Which tab of the browser was used last: a step opens by itself there only. */
import { newKey } from "@/lib/api";
import { forget, keepText, keptText } from "@/lib/kept";

const PLACE = "stepwell.tab";
const SOON = 300; // milliseconds in which a tab that is seen goes before those that are not
const mine = newKey();

const take = (): void => keepText(PLACE, mine);
const isSeen = (): boolean => document.visibilityState === "visible";

/** Note when this tab is used, and take the place of one that is closed, until the returned function is called. */
export function watchTab(): () => void {
  let timer = 0;
  const used = (): void => {
    if (isSeen()) take();
  };
  const left = ({ key }: StorageEvent): void => {
    if (key !== PLACE || keptText(PLACE) !== null) return;
    used();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => keptText(PLACE) ?? take(), SOON);
  };
  const leave = (): void => {
    if (keptText(PLACE) === mine) forget(PLACE);
  };
  const names = ["focus", "pageshow", "pointerdown", "keydown"] as const;
  used();
  for (const name of names) window.addEventListener(name, used, { passive: true });
  window.addEventListener("storage", left);
  window.addEventListener("pagehide", leave);
  return () => {
    for (const name of names) window.removeEventListener(name, used);
    window.removeEventListener("storage", left);
    window.removeEventListener("pagehide", leave);
    window.clearTimeout(timer);
    leave();
  };
}

/** A tab that is alone is the last used, too. Where a browser keeps nothing, no tab knows of another one. */
export function isLastUsed(): boolean {
  return (keptText(PLACE) ?? mine) === mine;
}
