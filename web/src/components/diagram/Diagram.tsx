import { Loader } from "@mantine/core";
import { type ReactElement, useMemo } from "react";
import { deferred } from "@/lib/deferred";
import { useTexts } from "@/lib/texts";
import styles from "./Diagram.module.css";
import type { Mark, Marks } from "./marks";
import { outlineOf } from "./outline";

const Canvas = deferred(() => import("./Canvas").then((found) => found.Canvas));

export interface DiagramGiven {
  xml: string;
  label: string;
  marks: Marks;
  /** The flows that were taken. */
  taken: ReadonlySet<string>;
  /** The element that is shown. */
  pointed?: string;
  /** Which process is shown, when the file has several. */
  process?: string;
  onChoose?: (element: string) => void;
}

const LEGEND: readonly Mark[] = ["done", "waiting", "stuck", "ended", "wrong", "warned"];

/** A process as it was drawn, to look at; the same as a list for those who do not see it. */
export function Diagram(given: DiagramGiven): ReactElement {
  const { loading } = useTexts();
  return (
    <figure className={styles["figure"]}>
      <Canvas
        waiting={
          <div className={styles["frame"]}>
            <Loader size="sm" className={styles["wait"] ?? ""} aria-label={loading} />
          </div>
        }
        {...given}
      />
      <figcaption className={styles["caption"]}>
        <Legend marks={given.marks} />
        <AsList xml={given.xml} marks={given.marks} />
      </figcaption>
    </figure>
  );
}

function Legend({ marks }: { marks: Marks }): ReactElement {
  const { diagram } = useTexts();
  const used = new Set(marks.values());
  return (
    <ul className={styles["legend"]} aria-label={diagram.legend}>
      {LEGEND.filter((mark) => used.has(mark)).map((mark) => (
        <li key={mark} data-mark={mark}>
          {diagram.marks[mark]}
        </li>
      ))}
    </ul>
  );
}

function AsList({ xml, marks }: { xml: string; marks: Marks }): ReactElement | null {
  const { diagram } = useTexts();
  const items = useMemo(() => outlineOf(xml), [xml]);
  if (items.length === 0) return null;
  return (
    <details className={styles["outline"]}>
      <summary>{diagram.asList}</summary>
      <ol>
        {items.map((item) => {
          const mark = marks.get(item.id);
          const type = diagram.types[typeOf(item.type)];
          return (
            <li key={item.id}>
              {item.name ? `${item.name} (${type})` : type}
              {mark && <strong>: {diagram.marks[mark]}</strong>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}

export type ElementType = "start" | "end" | "event" | "gateway" | "person" | "call" | "inner" | "machine";

function typeOf(name: string): ElementType {
  if (name === "startEvent") return "start";
  if (name === "endEvent") return "end";
  if (name.endsWith("Event")) return "event";
  if (name.endsWith("Gateway")) return "gateway";
  if (name === "userTask" || name === "manualTask") return "person";
  if (name === "callActivity") return "call";
  return /Process$|^transaction$/.test(name) ? "inner" : "machine";
}
