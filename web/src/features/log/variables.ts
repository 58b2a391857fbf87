/** Variables in an editor: each as its type and the text that a person reads and writes. */
import type { Texts } from "@/lib/texts";

export type VariableType = keyof Texts["log"]["variables"]["types"];

export interface Typed {
  name: string;
  type: VariableType;
  text: string;
  /** Whether it was added just now, and so may get another name. */
  isNew: boolean;
}

export interface Change {
  variables: Record<string, unknown>;
  types: Record<string, VariableType>;
}

export type Wrong = Record<string, string>;

const KNOWN: readonly VariableType[] = [
  "text",
  "number",
  "boolean",
  "date",
  "time",
  "date-time",
  "duration",
  "list",
  "context",
];
export const TYPES: readonly VariableType[] = [...KNOWN, "any"];

export function typedOf(variables: Record<string, unknown>, types: Record<string, string>): Typed[] {
  return Object.entries(variables).map(([name, value]) => ({
    name,
    type: typeOf(value, types[name]),
    text: textOf(value),
    isNew: false,
  }));
}

function typeOf(value: unknown, told: string | undefined): VariableType {
  const known = KNOWN.find((type) => type === told);
  if (known) return known;
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  if (Array.isArray(value)) return "list";
  if (typeof value === "object" && value !== null) return "context";
  return typeof value === "string" ? "text" : "any";
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}

/** What was changed, or what is wrong, by the name of the variable. */
export function changeOf(
  rows: readonly Typed[],
  before: readonly Typed[],
  words: Texts["log"]["variables"],
): Change | Wrong {
  const change: Change = { variables: {}, types: {} };
  const wrong: Wrong = {};
  const seen = new Set<string>();
  for (const row of rows) {
    const old = before.find((one) => one.name === row.name);
    if (row.name.trim() === "") wrong[row.name] = words.nameMissing;
    else if (seen.has(row.name)) wrong[row.name] = words.nameTwice;
    seen.add(row.name);
    if (!row.isNew && old && old.text === row.text && old.type === row.type) continue;
    const read = valueOf(row, words);
    if ("problem" in read) wrong[row.name] ??= read.problem;
    else {
      change.variables[row.name] = read.value;
      if (row.type !== "any") change.types[row.name] = row.type;
    }
  }
  return Object.keys(wrong).length > 0 ? wrong : change;
}

export const isChange = (found: Change | Wrong): found is Change => typeof found["variables"] === "object";

type Read = { value: unknown } | { problem: string };

function valueOf({ type, text }: Typed, words: Texts["log"]["variables"]): Read {
  if (type === "any") return { value: null };
  if (type === "text") return { value: text };
  if (text.trim() === "") return { problem: words.missing };
  if (type === "number") {
    const value = Number(text);
    return Number.isFinite(value) ? { value } : { problem: words.noNumber };
  }
  if (type === "boolean") return { value: text === "true" };
  if (type === "list" || type === "context") return jsonOf(type, text, words);
  return { value: text.trim() };
}

function jsonOf(type: "list" | "context", text: string, words: Texts["log"]["variables"]): Read {
  const problem = type === "list" ? words.noList : words.noContext;
  try {
    const value: unknown = JSON.parse(text);
    const isRight = type === "list" ? Array.isArray(value) : isGroup(value);
    return isRight ? { value } : { problem };
  } catch {
    return { problem };
  }
}

const isGroup = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const SHORT = 200;

/** A value in one line, to read. */
export function shown(value: unknown, words: Texts["log"]["variables"]): string {
  if (value === null || value === undefined) return words.none;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > SHORT ? `${text.slice(0, SHORT)} …` : text;
}
