/** How long something took, in two units at most. */
export interface SpanWords {
  seconds: (count: string) => string;
  minutes: (count: string) => string;
  hours: (count: string) => string;
  days: (count: string) => string;
}

export function spanText(seconds: number, language: string, words: SpanWords): string {
  const show = (value: number, digits = 0): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  if (seconds < 59.95) return words.seconds(show(seconds, seconds < 10 ? 1 : 0));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return words.minutes(show(minutes));
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return [words.hours(show(hours)), rest(minutes % 60, words.minutes, show)].join(" ").trim();
  return [words.days(show(Math.floor(hours / 24))), rest(hours % 24, words.hours, show)].join(" ").trim();
}

function rest(count: number, word: (count: string) => string, show: (value: number) => string): string {
  return count === 0 ? "" : word(show(count));
}
