const FRAMES = 60;

/** A button that waits loses the focus: it gets it again as soon as it can be pressed, if nothing else has it by then. */
export function giveBack(to: Element | null, frames = FRAMES): void {
  requestAnimationFrame(() => {
    if (!(to instanceof HTMLElement) || !to.isConnected || !isNowhere()) return;
    to.focus({ preventScroll: true });
    if (isNowhere() && frames > 0) giveBack(to, frames - 1);
  });
}

/** Whether nothing has the focus. */
export const isNowhere = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;
