/** The answers of a question, as codes. */

export function chosenIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === null || value === undefined || value === "" ? [] : [String(value)];
}

/** One more or one less of several; of one answer the other one. */
export function turned(chosen: readonly string[], code: string, isMultiple: boolean): string[] {
  if (!isMultiple) return [code];
  return chosen.includes(code) ? chosen.filter((other) => other !== code) : [...chosen, code];
}

interface Key {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  target: unknown;
}

/** The number that was pressed, unless one types it somewhere. */
export function keyNumber(event: Key): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey || !/^[1-9]$/.test(event.key)) return null;
  const at = event.target as { tagName?: string; type?: string; isContentEditable?: boolean } | null;
  const isTyping =
    at?.isContentEditable === true ||
    at?.tagName === "TEXTAREA" ||
    at?.tagName === "SELECT" ||
    (at?.tagName === "INPUT" && at.type !== "radio" && at.type !== "checkbox");
  return isTyping ? null : Number(event.key);
}
