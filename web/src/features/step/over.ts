/** What a form is filled in over. The page moves on when others save: what they saved is not undone by what stands here. */
import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { Filling, Values } from "@/components/form/filling";
import type { StepPage } from "@/lib/api";
import { changesOf, disputed } from "@/lib/conflicts";

export interface Shown {
  values: Values;
  /** That of the record whose page it is; null: there is none yet. */
  revision: number | null;
}

export interface Over {
  /** What the page showed, as the form holds it. */
  now: () => Shown;
  /** How the form holds the values of a page. */
  held: (values: Values) => Values;
  /** What was changed of it. */
  changed: (values: Values) => Values;
  /** What is kept as a draft: what was changed, and everything on a page that is not of a record. */
  typed: (values: Values) => Values;
  /** Go on over a page on which these values of the form have been saved; gives what was typed since. */
  follow: (page: StepPage, saved: Values) => Values;
  /** Whether the form just takes in what others saved, and nobody types. */
  isTaking: () => boolean;
}

/** What stays typed over a newer page; null when both changed the same field: the person has to choose. */
export function stillTyped(before: Values, newer: Values, now: Values): Values | null {
  const typed = changesOf(before, now);
  return disputed(before, typed, newer).length > 0 ? null : typed;
}

/** What a step's page and its form have in common, and that it stays so. */
export function useOver(page: StepPage, filling: RefObject<Filling | null>): Over {
  const over = useRef(shownBy(page));
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
      return typed;
    },
    [filling, held, take],
  );
  useEffect(() => {
    if (!isNewer(page, over.current)) return;
    const form = filling.current;
    const typed = form ? stillTyped(now().values, held(page.values), form.values()) : {};
    if (typed) take(page, typed);
  }, [page, filling, held, now, take]);
  const changed = useCallback((values: Values) => changesOf(now().values, values), [now]);
  const typed = useCallback(
    (values: Values) => (over.current.revision === null ? values : changed(values)),
    [changed],
  );
  const asksTaking = useCallback(() => isTaking.current, []);
  return { now, held, changed, typed, follow, isTaking: asksTaking };
}

const shownBy = ({ values, revision = null }: StepPage): Shown => ({ values, revision });

/** An answer may be older than what is known already. */
const isNewer = ({ revision = null }: StepPage, over: Shown): boolean =>
  revision !== null && revision > (over.revision ?? 0);
