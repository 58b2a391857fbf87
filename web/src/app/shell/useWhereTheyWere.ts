import { useLayoutEffect, useRef } from "react";

interface Where {
  path: string;
  scrolled: number;
  opener: Element | null;
}

/** After the last step the person is where they were on the page: as far down, and at what opened it or the heading. */
export function useWhereTheyWere(path: string, isOver: boolean): void {
  const scrolled = useRef(0);
  const where = useRef<Where | null>(null);
  useLayoutEffect(() => {
    const main = content();
    if (isOver || !main) return;
    const follow = (): void => void (scrolled.current = main.scrollTop);
    follow();
    main.addEventListener("scroll", follow, { passive: true });
    return () => main.removeEventListener("scroll", follow);
  }, [isOver]);
  useLayoutEffect(() => {
    if (isOver) {
      where.current ??= { path, scrolled: scrolled.current, opener: document.activeElement };
      return;
    }
    const before = where.current;
    where.current = null;
    if (before?.path === path) goBack(before);
  }, [isOver, path]);
}

const content = (): HTMLElement | null => document.getElementById("content");

function goBack({ scrolled, opener }: Where): void {
  const main = content();
  if (main) main.scrollTop = scrolled;
  if (document.querySelector("[aria-modal]")) return; // it has the focus, and gives it back itself
  focusOn(opener);
  if (document.activeElement !== opener || opener === document.body) focusOn(headingOf(main) ?? main);
}

function focusOn(one: Element | null): void {
  if (one instanceof HTMLElement && one.isConnected) one.focus({ preventScroll: true });
}

function headingOf(main: HTMLElement | null): HTMLElement | null {
  const heading = main?.querySelector<HTMLElement>("h1") ?? null;
  if (heading) heading.tabIndex = -1;
  return heading;
}
