/** What was filled in, as lines of text. */
import { isUnread } from "@/lib/numbers";
import type { Values } from "@/components/form/filling";

export function inputText(values: Values, labels: ReadonlyMap<string, string>): string {
  return lines(values, labels).join("\n");
}

function lines(values: Values, labels: ReadonlyMap<string, string>): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (isEmpty(value)) return [];
    if (typeof value === "object" && value !== null && !Array.isArray(value) && !isUnread(value))
      return lines(value as Values, labels);
    const text = Array.isArray(value) ? value.map(plain).join(", ") : plain(value);
    return [`${labels.get(key) ?? key}: ${text}`];
  });
}

const plain = (value: unknown): string =>
  isUnread(value) ? value.typed : typeof value === "object" ? JSON.stringify(value) : String(value);

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}
