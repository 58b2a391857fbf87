/** The same, with one of them a place earlier (-1) or later (1). */
export function movedBy(names: readonly string[], from: number, step: 1 | -1): string[] {
  const next = [...names];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(Math.max(0, from + step), 0, one);
  return next;
}
