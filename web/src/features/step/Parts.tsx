import { Tabs } from "@mantine/core";
import { type ReactElement, type RefObject, useState } from "react";
import { flushSync } from "react-dom";
import type { Filling } from "@/components/form/filling";
import type { Layout } from "@/components/form/schema";
import { type Examined, part, send } from "@/lib/api";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import styles from "./Step.module.css";

export interface Parts {
  layout: Layout | null;
  at: number;
  hidden: readonly string[];
  isLast: boolean;
  hasBack: boolean;
  go: (to: number) => void;
  /** Go to the part in which this group stands. */
  show: (group: string) => void;
  back: () => void;
  next: () => Promise<void>;
  /** Why the next one does not open, where no field can say it. */
  wrong: readonly string[];
}

/** The tabs or steps of a page; a step is checked by the server before the next one opens. */
export function useParts(id: string, layout: Layout | null, filling: RefObject<Filling | null>): Parts {
  const texts = useTexts();
  const [at, setAt] = useState(0);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const count = layout?.parts.length ?? 0;
  const isSteps = layout?.kind === "steps";
  const go = (to: number): void => {
    setWrong([]);
    setAt(Math.max(0, to));
  };
  const turnTo = (to: number): void => {
    flushSync(() => go(to));
    filling.current?.begin();
  };
  const examine = async (): Promise<readonly string[]> => {
    const values = filling.current?.values() ?? {};
    const body = { values, part: at + 1 };
    const { problems } = await send<Examined>("POST", `/user-tasks/${part(id)}/examine`, body);
    const left = filling.current?.mark(problems) ?? problems;
    if (problems.length === 0) turnTo(Math.min(at + 1, count - 1));
    return left.map((one) => one.message);
  };
  const next = async (): Promise<void> => {
    setWrong([]);
    setWrong(await examine().catch((error: unknown) => [says(error, texts)]));
  };
  return {
    layout,
    at,
    hidden: (layout?.parts ?? []).flatMap((one, index) => (index === at ? [] : one.groups)),
    isLast: !isSteps || at === count - 1,
    hasBack: isSteps && at > 0,
    go,
    show: (group) => go((layout?.parts ?? []).findIndex((one) => one.groups.includes(group))),
    back: () => turnTo(at - 1),
    next,
    wrong,
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
