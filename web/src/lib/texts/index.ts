/** The texts of the app in the person's language. English is the whole list; the types hold the others to it. */
import { createContext, useContext } from "react";
import { en } from "./en";

type Shape<Of> = {
  [Name in keyof Of]: Of[Name] extends string
    ? string
    : Of[Name] extends (...given: never[]) => string
      ? Of[Name]
      : Shape<Of[Name]>;
};
export type Texts = Shape<typeof en>;

const OTHERS: Record<string, () => Promise<Texts>> = {
  de: () => import("./de").then((found) => found.de),
};

/** `de-CH` finds `de`; a language that we do not have is English. */
export function languageOf(wanted: readonly string[]): string {
  const known = wanted.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return known.find((tag) => tag === "en" || tag in OTHERS) ?? "en";
}

export async function textsIn(language: string): Promise<Texts> {
  return (await OTHERS[language]?.()) ?? en;
}

export interface Speech {
  texts: Texts;
  /** How numbers and dates are written. */
  locale: string;
}

export const SpeechContext = createContext<Speech>({ texts: en, locale: "en" });
export const useTexts = (): Texts => useContext(SpeechContext).texts;
export const useLocale = (): string => useContext(SpeechContext).locale;
