/** What can be chosen as language and time zone. */

export interface Labelled {
  value: string;
  label: string;
}

const OFFERED = ["en", "en-US", "de", "de-AT", "de-CH"];

/** Each language in its own words; one that has no texts says so, in `shownIn`. */
export function languageChoices(
  now: string,
  shownIn: string,
  inEnglish: (language: string) => string,
): Labelled[] {
  const known = new Set([...OFFERED, now]);
  return [...known].map((tag) => {
    const hasTexts = OFFERED.includes(tag) || /^(en|de)\b/i.test(tag);
    return { value: tag, label: hasTexts ? nameOf(tag, tag) : inEnglish(nameOf(tag, shownIn)) };
  });
}

function nameOf(tag: string, shownIn: string): string {
  try {
    return new Intl.DisplayNames([shownIn], { type: "language", languageDisplay: "standard" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** All zones that the browser knows, and the one that is set. */
export function zoneChoices(now: string): string[] {
  return [...new Set([now, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted();
}
