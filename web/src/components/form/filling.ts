/** What is filled in on a page, whatever shows it. */
import type { Ref } from "react";
import type { Problem } from "@/lib/api";
import type { Values } from "@/lib/values";

export type { Values };

export interface Filling {
  /** The values as they are, right or wrong. */
  values: () => Values;
  /** The same when they are right as far as the browser can tell; otherwise null, with errors shown and the first focused. */
  collect: () => Values | null;
  /** Show what the server found wrong, beside the fields; what has no place there comes back. */
  mark: (problems: readonly Problem[]) => Problem[];
  /** What the form makes of values when it shows them. */
  held: (values: Values) => Values;
  /** Show other values; the focus stays where it is. */
  take: (values: Values) => void;
}

export type FillingRef = Ref<Filling>;
