const FRAMES = 60;

/** A button that waits loses the focus: it gets it again as soon as it can be pressed, if nothing else has it by then. */
export function giveBack(to: Element | null, frames = FRAMES): void {
  requestAnimationFrame(() => {
    if (!(to instanceof HTMLElement) || !to.isConnected || !isNowhere()) return;
    to.focus({ preventScroll: true });
    if (isNowhere() && frames > 0) giveBack(to, frames - 1);
  });
}

/** A page begins at this, unless something that was opened over it has the focus, or is about to. */
export function beginAt(place: HTMLElement | null | undefined): void {
  const open = [...document.querySelectorAll("[aria-modal]"), document.activeElement?.closest(OVER)];
  if (open.every((one) => !one || one.contains(place ?? null))) place?.focus({ preventScroll: true });
}

const OVER = '[role="dialog"], [role="menu"]';

/** Whether nothing has the focus. */
export const isNowhere = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;
