/** Numbers as the person writes and reads them. Decimals stay texts, so that nothing of them gets lost. */

/** Such as 12345.5, as the locale writes it; with all its digits behind the point when that is asked for. */
export function numberText(value: string | number, locale: string, digits?: number | null): string {
  const asked: Intl.NumberFormatOptions =
    digits === undefined || digits === null
      ? { maximumFractionDigits: 20 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, asked).format(value as Intl.StringNumericLiteral);
}

/** For a field to be filled in: the point of the locale, no marks between thousands. */
export function numberInput(value: unknown, locale: string): string {
  if (value === null || value === undefined) return "";
  return String(value).replace(".", marksOf(locale).point);
}

/** What was typed, as the API takes it; null for nothing, undefined for what is no number. */
export function numberFrom(typed: string, locale: string): string | null | undefined {
  const { point, thousands } = marksOf(locale);
  const plain = typed
    .replaceAll(/[\s\u00a0\u202f'’]/g, "")
    .replaceAll(thousands, "")
    .replace(point, ".");
  if (plain === "") return null;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? plain.replace(/^\+/, "").replace(/\.$/, "") : undefined;
}

function marksOf(locale: string): { point: string; thousands: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
  const of = (kind: string): string => parts.find((part) => part.type === kind)?.value ?? "";
  return { point: of("decimal") || ".", thousands: of("group") || "," };
}
