import type { Record as Kept } from "@/lib/api";

/** What changes when a row goes one place up or down: only rows whose number becomes another one. */
export function moved(
  rows: readonly Kept[],
  from: number,
  step: 1 | -1,
): { row: Kept; values: { order: number } }[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (!row) return [];
  next.splice(from + step, 0, row);
  return next
    .map((one, index) => ({ row: one, values: { order: index + 1 } }))
    .filter(({ row: one, values }) => Number(one.values["order"]) !== values.order);
}
