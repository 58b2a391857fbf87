import { Tabs } from "@mantine/core";
import { type ReactElement, type RefObject, useState } from "react";
import type { Filling } from "@/components/form/filling";
import type { Layout } from "@/components/form/schema";
import { type Examined, part, send } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import styles from "./Step.module.css";

export interface Parts {
  layout: Layout | null;
  at: number;
  hidden: readonly string[];
  isLast: boolean;
  hasBack: boolean;
  go: (to: number) => void;
  back: () => void;
  next: () => Promise<void>;
}

/** The tabs or steps of a page; a step is checked by the server before the next one opens. */
export function useParts(id: string, layout: Layout | null, filling: RefObject<Filling | null>): Parts {
  const [at, setAt] = useState(0);
  const count = layout?.parts.length ?? 0;
  const isSteps = layout?.kind === "steps";
  const next = async (): Promise<void> => {
    const values = filling.current?.values() ?? {};
    const found = await send<Examined>("POST", `/user-tasks/${part(id)}/examine`, { values, part: at + 1 });
    if (found.problems.length > 0) filling.current?.mark(found.problems);
    else setAt(Math.min(at + 1, count - 1));
  };
  return {
    layout,
    at,
    hidden: (layout?.parts ?? []).flatMap((one, index) => (index === at ? [] : one.groups)),
    isLast: !isSteps || at === count - 1,
    hasBack: isSteps && at > 0,
    go: setAt,
    back: () => setAt(Math.max(0, at - 1)),
    next,
  };
}

export function PartsBar({ parts }: { parts: Parts }): ReactElement | null {
  const { step } = useTexts();
  if (!parts.layout) return null;
  const { kind, parts: all } = parts.layout;
  if (kind === "tabs")
    return (
      <Tabs value={String(parts.at)} onChange={(value) => parts.go(Number(value))} mb="md">
        <Tabs.List>
          {all.map((one, index) => (
            <Tabs.Tab key={one.title} value={String(index)}>
              {one.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
    );
  return (
    <ol className={styles["parts"]} aria-label={step.partOf(parts.at + 1, all.length)}>
      {all.map((one, index) => (
        <li
          key={one.title}
          aria-current={index === parts.at ? "step" : undefined}
          data-passed={index < parts.at || undefined}
        >
          <span aria-hidden="true">{index + 1}</span> {one.title}
        </li>
      ))}
    </ol>
  );
}
