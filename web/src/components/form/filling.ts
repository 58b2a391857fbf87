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
  /** Go to the first field that is shown and can be changed. */
  begin: () => void;
  /** Show what the server found wrong, beside the fields; what has no place there comes back. */
  mark: (problems: readonly Problem[]) => Problem[];
}

export type FillingRef = Ref<Filling>;
