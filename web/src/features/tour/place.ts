/** Where the card of the tour stands. */
import type { Stage } from "./stages";

export interface Place {
  top?: number;
  bottom?: "auto";
  right?: "auto";
  left?: number;
  width?: number;
  height?: number;
}

interface Box {
  left: number;
  top: number;
  bottom: number;
}

const WIDTH = 300;
const HEIGHT = 190;
const GAP = 14;
const NARROW = 900;
const BELOW_TOP_BAR = 64;
const IN_DIALOG: ReadonlySet<Stage> = new Set(["choose", "begin"]); // a page has room to scroll

const AROUND = 5;
const HALO = 4;

/** Around what is pointed at, but not over the edges of the window. */
export function ringAround(
  target: Pick<DOMRect, "left" | "right" | "top" | "height">,
  screen: { width: number },
): Place {
  const left = Math.max(HALO, target.left - AROUND);
  const right = Math.min(screen.width - HALO, target.right + AROUND);
  return { left, top: target.top - AROUND, width: right - left, height: target.height + 2 * AROUND };
}

/**
 * Below the button that begins it all; else at the edge, where the style sheet puts it and nothing is filled in. It is never over
 * what it points at.
 */
export function placeBeside(
  target: Box,
  stage: Stage,
  screen: { width: number; height: number },
): Place | null {
  if (screen.width < NARROW) {
    const isCovered = target.bottom > screen.height - HEIGHT - 2 * GAP;
    return isCovered && IN_DIALOG.has(stage) ? { top: BELOW_TOP_BAR, bottom: "auto" } : null;
  }
  if (stage !== "run") return null;
  const left = Math.max(GAP, Math.min(target.left, screen.width - WIDTH - GAP));
  return { top: target.bottom + GAP, bottom: "auto", left, right: "auto" };
}
