/** Times of the fields of a page as an input of the browser shows them, in the zone of the person, and back. */
import { fromInput, toInput } from "@/lib/time/zones";
import type { Component } from "./schema";

const CLOCK = /^\d\d:\d\d/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const ZONED = /(Z|[+-]\d\d:?\d\d)(\[.*\])?$/;

/** What the input shows of a value; nothing for what is none. */
export function shownOf(value: unknown, field: Component, zone: string, now: Date): string {
  const isTime = field["subtype"] === "time";
  if (typeof value !== "string" || !(isTime ? CLOCK : MOMENT).test(value)) return "";
  if (!ZONED.test(value.slice(isTime ? 0 : 10))) return isTime ? value.slice(0, 5) : value.slice(0, 16);
  const text = value.replace(/\[.*\]$/, "");
  const at = new Date(isTime ? `${toInput(now, zone).slice(0, 10)}T${text}` : text);
  return Number.isNaN(at.getTime()) ? "" : toInput(at, zone).slice(isTime ? 11 : 0);
}

/** What the input says, written as the page asks for it; null for nothing. */
export function valueOf(shown: string, field: Component, zone: string, now: Date): string | null {
  const isTime = field["subtype"] === "time";
  const local = isTime && shown !== "" ? `${toInput(now, zone).slice(0, 10)}T${shown}` : shown;
  const at = fromInput(local, zone);
  if (!at) return null;
  const written = zoned(local, at, String(field["timeSerializingFormat"] ?? ""));
  return isTime ? written.slice(11) : written;
}

function zoned(local: string, at: Date, format: string): string {
  if (format === "utc_normalized") return `${toInput(at, "UTC")}Z`;
  return format === "utc_offset" ? local + offsetOf(local, at) : local;
}

function offsetOf(local: string, at: Date): string {
  const minutes = Math.round((Date.parse(`${local}:00Z`) - at.getTime()) / 60_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
