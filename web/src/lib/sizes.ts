/** How large a file is, in the largest unit that leaves at least one before the point. */

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
const STEP = 1_000;

export function sizeText(bytes: number, locale: string): string {
  const place = Math.min(
    UNITS.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(STEP))),
  );
  const value = bytes / STEP ** place;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[place] ?? "byte",
    unitDisplay: place === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && place > 0 ? 1 : 0,
  }).format(value);
}
