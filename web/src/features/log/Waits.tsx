import type { ReactElement } from "react";
import type { ActiveElement, Wait } from "@/lib/api";
import { type Texts, useTexts } from "@/lib/texts";
import styles from "./Log.module.css";
import { useWhen } from "@/components/When";

interface Given {
  waiting: readonly ActiveElement[];
  nameOf: (element: string) => string;
  onPoint: (element: string) => void;
}

/** What the process waits for, other than people. */
export function Waits({ waiting, nameOf, onPoint }: Given): ReactElement | null {
  const { log } = useTexts();
  const when = useWhen();
  const lines = waiting.flatMap((one) =>
    (one.waits_for ?? [])
      .filter((wait) => wait.kind !== "user task" && !(wait.kind === "job" && wait.name === "reminder"))
      .map((wait, index) => ({ key: `${one.id}/${index}`, element: one.element, wait })),
  );
  if (lines.length === 0) return null;
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="log-waits">
      <h2 id="log-waits">{log.page.waits}</h2>
      <ul className={styles["waits"]}>
        {lines.map(({ key, element, wait }) => (
          <li key={key}>
            <button type="button" className={styles["point"]} onClick={() => onPoint(element)}>
              {nameOf(element) || element}
            </button>
            <p>
              {said(wait, log.waits, { nameOf, when })}
              {wait.error && <span className={styles["late"]}> · {wait.error}</span>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Reading {
  nameOf: (element: string) => string;
  when: (at: string) => string;
}

function said(wait: Wait, words: Texts["log"]["waits"], { nameOf, when }: Reading): string {
  const name = wait.name ?? "";
  switch (wait.kind) {
    case "timer":
      return words.timer(wait.due_at ? when(wait.due_at) : "");
    case "message":
      return wait.key ? words.messageFor(name, wait.key) : words.message(name);
    case "signal":
      return words.signal(name);
    case "record":
      return words.record(wait.key ? `${name}/${wait.key}` : name);
    case "call":
      return words.call(name);
    case "flow":
      return words.flow(nameOf(name) || name);
    case "continuation":
      return words.continuation;
    default:
      return [words.job(name), wait.error && wait.due_at && words.retried(when(wait.due_at))]
        .filter(Boolean)
        .join(" · ");
  }
}
