/** What the API refused, beside the fields that it names. */
import { Refused } from "@/lib/api";

export function wrongIn(error: unknown, fields: readonly string[], all: string): Record<string, string> {
  const problems = error instanceof Refused ? error.problems : [];
  const placed = problems.filter((one) => fields.includes(one.field ?? ""));
  if (placed.length === 0 || placed.length < problems.length) return { all };
  return Object.fromEntries(placed.map((one) => [one.field ?? "", one.message]));
}
