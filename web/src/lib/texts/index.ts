/**
 * The texts of the app in the person's language. English is the whole list; the types hold the others to it. What is
 * needed at once is loaded at once, the rest with the first page that needs it.
 */
import { createContext, use, useContext } from "react";
import { en } from "./en";
import type { areas } from "./en/areas";

type Shape<Of> = {
  [Name in keyof Of]: Of[Name] extends string
    ? string
    : Of[Name] extends (...given: never[]) => string
      ? Of[Name]
      : Shape<Of[Name]>;
};
export type FirstTexts = Shape<typeof en>;
export type AreaTexts = Shape<typeof areas>;
export type Texts = FirstTexts & AreaTexts;

const OTHERS: Record<string, () => Promise<FirstTexts>> = {
  de: () => import("./de").then((found) => found.de),
};

const AREAS: Record<string, () => Promise<AreaTexts>> = {
  en: () => import("./en/areas").then((found) => found.areas),
  de: () => import("./de/areas").then((found) => found.areas),
};

/** `de-CH` finds `de`; a language that we do not have is English. */
export function languageOf(wanted: readonly string[]): string {
  const known = wanted.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return known.find((tag) => tag === "en" || tag in OTHERS) ?? "en";
}

export async function textsIn(language: string): Promise<FirstTexts> {
  return (await OTHERS[language]?.()) ?? en;
}

const loading = new Map<string, Promise<Texts>>();

/** All texts of a language, read once. */
export function allTextsIn(language: string): Promise<Texts> {
  const before = loading.get(language);
  if (before) return before;
  const areasOf = AREAS[language] ?? AREAS["en"];
  const all = Promise.all([textsIn(language), areasOf?.()]).then(
    ([first, areas]) => ({ ...first, ...areas }) as Texts,
  );
  all.then(
    (value) => Object.assign(all, { status: "fulfilled", value }), // React's `use` looks here before it waits
    () => loading.delete(language),
  );
  loading.set(language, all);
  return all;
}

export interface Speech {
  language: string;
  texts: FirstTexts;
  /** How numbers and dates are written. */
  locale: string;
}

export const SpeechContext = createContext<Speech>({ language: "en", texts: en, locale: "en" });

/** The texts that are there from the beginning; what is seen before anybody goes anywhere uses no others. */
export const useFirstTexts = (): FirstTexts => useContext(SpeechContext).texts;

/** All texts; who asks first waits until they have come. */
export function useTexts(): Texts {
  const { language } = useContext(SpeechContext);
  return use(allTextsIn(language));
}

export const useLanguage = (): string => useContext(SpeechContext).language;
export const useLocale = (): string => useContext(SpeechContext).locale;
