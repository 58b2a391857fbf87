/** Numbers of the fields of a page, written as the page asks for them. */
import type { Component } from "./schema";

const SAFE_DIGITS = 15; // of a double: more of them would be other ones

/** A text where the page wants one, or where a number would lose digits; null for nothing. */
export function written(text: string | null, field: Component): string | number | null {
  if (text === null || field["serializeToString"] === true) return text;
  return text.replaceAll(/\D/g, "").length > SAFE_DIGITS ? text : Number(text);
}

/** One step up or down, to a multiple of the step. */
export function stepped(value: unknown, field: Component, direction: 1 | -1): string {
  const digits = Number(field["decimalDigits"] ?? 0);
  const size = Number(field["increment"] ?? 10 ** -digits);
  const now = typeof value === "number" || typeof value === "string" ? Number(value) : 0;
  const steps = Number.isFinite(now) ? now / size : 0;
  const whole = Math.round(steps);
  const isOnStep = Math.abs(steps - whole) < 1e-9;
  const next = isOnStep ? whole + direction : direction > 0 ? Math.ceil(steps) : Math.floor(steps);
  const places = Math.max(digits, String(size).split(".")[1]?.length ?? 0);
  return (next * size).toFixed(places);
}
