/** Numbers as the person writes and reads them. Decimals stay texts, so that nothing of them gets lost. */

/** Such as 12345.5, as the locale writes it; with all its digits behind the point when that is asked for. */
export function numberText(value: string | number, locale: string, digits?: number | null): string {
  const asked: Intl.NumberFormatOptions =
    digits === undefined || digits === null
      ? { maximumFractionDigits: 20 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, asked).format(value as Intl.StringNumericLiteral);
}

/** What was typed where a number is expected, and can not be read as one without guessing. */
export interface Unread {
  typed: string;
}

export const isUnread = (value: unknown): value is Unread =>
  typeof value === "object" && value !== null && "typed" in value && typeof value.typed === "string";

/** How the locale writes a number, for who wrote it in another way. */
export const numberSample = (locale: string, digits: number): string =>
  numberText(digits > 0 ? "1234.5" : "1234", locale, digits);

/** For a field to be filled in: the point of the locale, no marks between thousands. */
export function numberInput(value: unknown, locale: string): string {
  if (value === null || value === undefined) return "";
  if (isUnread(value)) return value.typed;
  return String(value).replace(".", marksOf(locale).point);
}

const GROUPED = /^\d{1,3}(\D)\d{3}(?:\1\d{3})*$/;
const INDIAN = /^\d{1,2}(,\d\d)+,\d{3}$/;

/**
 * What was typed, as the API takes it; null for nothing, undefined for what is no number. A mark between thousands counts
 * where one can stand: 12.50 is not 1250 for who writes 12,50.
 */
export function numberFrom(typed: string, locale: string): string | null | undefined {
  const { point, thousands } = marksOf(locale);
  const plain = typed.trim();
  if (plain === "") return null;
  const sign = /^[+-]/.exec(plain)?.[0] ?? "";
  const [whole = "", fraction = "", ...more] = plain.slice(sign.length).trim().split(point);
  const digits = wholeFrom(whole, [thousands, ..." \u00a0\u202f'’"], locale);
  if (digits === undefined || more.length > 0 || !/^\d*$/.test(fraction) || digits + fraction === "")
    return undefined;
  return `${sign === "-" ? "-" : ""}${digits}${fraction && `.${fraction}`}`;
}

function wholeFrom(whole: string, marks: readonly string[], locale: string): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  const mark = GROUPED.exec(whole)?.[1];
  const isGrouped = mark !== undefined && marks.includes(mark);
  const isIndian = locale.endsWith("-IN") && INDIAN.test(whole);
  return isGrouped || isIndian ? whole.replaceAll(/\D/g, "") : undefined;
}

function marksOf(locale: string): { point: string; thousands: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
  const of = (kind: string): string => parts.find((part) => part.type === kind)?.value ?? "";
  return { point: of("decimal") || ".", thousands: of("group") || "," };
}
