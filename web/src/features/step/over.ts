/** What a form is filled in over. The page moves on when others save: what they saved is not undone by what stands here. */
import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { Filling, Values } from "@/components/form/filling";
import type { StepPage } from "@/lib/api";
import { changesOf, disputed } from "@/lib/conflicts";
import { baseOf, type Shown, withBase, withoutBase } from "./base";

export interface Over {
  /** What the page showed, as the form holds it. */
  now: () => Shown;
  /** How the form holds the values of a page. */
  held: (values: Values) => Values;
  /** What was changed of it. */
  changed: (values: Values) => Values;
  /** What a draft keeps: what was changed, and over what; everything on a page that is not of a record. */
  typed: (values: Values) => Values;
  /** Go on over a page on which these values of the form have been saved; gives what was typed since, as a draft. */
  follow: (page: StepPage, saved: Values) => Values;
  /** Whether the form just takes in what others saved, and nobody types. */
  isTaking: () => boolean;
}

/** What stays typed over a newer page; null when both changed the same field: the person has to choose. */
export function stillTyped(before: Values, newer: Values, now: Values): Values | null {
  const typed = changesOf(before, now);
  return disputed(before, typed, newer).length > 0 ? null : typed;
}

/** Over what a draft was typed, if others have changed the same since; otherwise over the page as it is. */
export function begunOver(page: StepPage, draft: Values | null): Shown {
  const shown = shownBy(page);
  const base = baseOf(draft);
  if (!draft || !base || shown.revision === null || base.revision >= shown.revision) return shown;
  if (disputed(base.values, withoutBase(draft), page.values).length === 0) return shown;
  return { values: { ...page.values, ...base.values }, revision: base.revision };
}

/** What a step's page and its form have in common, and that it stays so; ``draft`` is what the form begins with. */
export function useOver(page: StepPage, filling: RefObject<Filling | null>, draft: Values | null): Over {
  const over = useRef(begunOver(page, draft));
  const known = useRef(page);
  const isTaking = useRef(false);
  const held = useCallback((values: Values) => filling.current?.held(values) ?? values, [filling]);
  const now = useCallback(
    () => ({ values: held(over.current.values), revision: over.current.revision }),
    [held],
  );
  const take = useCallback(
    (newer: StepPage, typed: Values): void => {
      over.current = shownBy(newer);
      isTaking.current = true;
      filling.current?.take({ ...newer.values, ...typed });
      isTaking.current = false;
    },
    [filling],
  );
  const follow = useCallback(
    (newer: StepPage, saved: Values): Values => {
      const since = changesOf(saved, filling.current?.values() ?? saved);
      const typed = changesOf(held(newer.values), since);
      if (isNewer(newer, over.current)) take(newer, typed);
      return withBase(typed, now());
    },
    [filling, held, take, now],
  );
  useEffect(() => {
    if (page === known.current) return; // the form begins with it
    known.current = page;
    if (!isNewer(page, over.current)) return;
    const form = filling.current;
    if (!form) {
      over.current = begunOver(page, draft);
      return;
    }
    const typed = stillTyped(now().values, held(page.values), form.values());
    if (typed) take(page, typed);
  }, [page, filling, draft, held, now, take]);
  const changed = useCallback((values: Values) => changesOf(now().values, values), [now]);
  const typed = useCallback(
    (values: Values) => (over.current.revision === null ? values : withBase(changed(values), now())),
    [changed, now],
  );
  const asksTaking = useCallback(() => isTaking.current, []);
  return { now, held, changed, typed, follow, isTaking: asksTaking };
}

const shownBy = ({ values, revision = null }: StepPage): Shown => ({ values, revision });

/** An answer may be older than what is known already. */
const isNewer = ({ revision = null }: StepPage, over: Shown): boolean =>
  revision !== null && revision > (over.revision ?? 0);
