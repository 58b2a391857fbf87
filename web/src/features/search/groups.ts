/** What was found, in groups: steps first, then processes, then records type by type. */
import type { Hit } from "@/lib/api";

export interface Group {
  /** `step`, `process`, or the name of a record type. */
  name: string;
  items: Hit[];
}

const FIRST = ["step", "process"];

export function groupsOf(hits: readonly Hit[]): Group[] {
  const groups = new Map<string, Hit[]>(FIRST.map((name) => [name, []]));
  for (const hit of hits) {
    const name = hit.kind === "record" ? hit.type : hit.kind;
    groups.set(name, [...(groups.get(name) ?? []), hit]);
  }
  return [...groups].map(([name, items]) => ({ name, items })).filter((group) => group.items.length > 0);
}
