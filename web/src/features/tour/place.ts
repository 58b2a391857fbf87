/** Where the card of the tour stands. */
import type { Stage } from "./stages";

export interface Place {
  top?: number;
  left?: number;
  width?: number;
  height?: number;
}

interface Box {
  left: number;
  top: number;
  bottom: number;
}

export const WIDTH = 300;
const HEIGHT = 170;
const GAP = 14;
const NARROW = 900;

/** Close to what is pressed; at the edge, where the style sheet puts it, while a page is filled in or there is no room. */
export function placeBeside(
  target: Box,
  stage: Stage,
  screen: { width: number; height: number },
): Place | null {
  const isPage = stage === "fill" || stage === "question" || stage === "later" || stage === "reschedule";
  if (isPage || screen.width < NARROW) return null;
  const left = Math.max(GAP, Math.min(target.left, screen.width - WIDTH - GAP));
  if (target.bottom + GAP + HEIGHT < screen.height) return { top: target.bottom + GAP, left };
  return target.top - GAP - HEIGHT > 0 ? { top: target.top - GAP - HEIGHT, left } : null;
}
