/** What is filled in, or kept, under the names of its fields. */
export type Values = Record<string, unknown>;

export const asValues = (found: unknown): Values | null =>
  typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Values) : null;
