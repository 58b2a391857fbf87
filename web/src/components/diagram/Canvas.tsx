import { ActionIcon, Loader } from "@mantine/core";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { Empty } from "@/components/Empty";
import { Icon } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import "./canvas.css";
import styles from "./Diagram.module.css";
import type { DiagramGiven } from "./Diagram";
import { type View, viewOf } from "./viewer";

const CLOSER = 1.25;
const KEYS: Record<string, (view: View) => void> = {
  "+": (view) => view.zoom(CLOSER),
  "=": (view) => view.zoom(CLOSER),
  "-": (view) => view.zoom(1 / CLOSER),
  "0": (view) => view.fit(),
  ArrowLeft: (view) => view.move(1, 0),
  ArrowRight: (view) => view.move(-1, 0),
  ArrowUp: (view) => view.move(0, 1),
  ArrowDown: (view) => view.move(0, -1),
};

/** The drawing with its buttons; loaded when a page has one. */
export function Canvas(given: DiagramGiven): ReactElement {
  const { diagram } = useTexts();
  const [undrawn, setUndrawn] = useState("");
  if (undrawn === given.xml) return <Empty title={diagram.undrawn} sign="process" />;
  return <Drawing given={given} onFailed={() => setUndrawn(given.xml)} />;
}

interface DrawingGiven {
  given: DiagramGiven;
  onFailed: () => void;
}

/** Keys work from its buttons, the plain mouse wheel scrolls the page. */
function Drawing({ given, onFailed }: DrawingGiven): ReactElement {
  const { xml, label, marks, taken, pointed, process, onChoose } = given;
  const texts = useTexts();
  const place = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState<number | undefined>(undefined);
  const view = useView(place, { xml, process: process ?? "" }, { onChoose, onFailed, onHeight: setHeight });
  useEffect(() => view?.show(marks, taken), [view, marks, taken]);
  useEffect(() => view?.point(pointed ?? ""), [view, pointed]);
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const action = KEYS[event.key];
    if (!view || !action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action(view);
  };
  return (
    <div
      className={styles["frame"]}
      style={{ height }}
      role="group"
      aria-label={`${label}. ${texts.diagram.keys}`}
      onKeyDown={press}
    >
      {view ? (
        <Buttons view={view} />
      ) : (
        <Loader size="sm" className={styles["wait"] ?? ""} aria-label={texts.loading} />
      )}
      <div ref={place} className={styles["drawing"]} data-drawn={view !== null || undefined} />
    </div>
  );
}

function Buttons({ view }: { view: View }): ReactElement {
  const { diagram } = useTexts();
  const buttons = [
    [diagram.closer, "plus", () => view.zoom(CLOSER)],
    [diagram.further, "minus", () => view.zoom(1 / CLOSER)],
    [diagram.fit, "fit", () => view.fit()],
  ] as const;
  return (
    <div className={styles["buttons"]}>
      {buttons.map(([label, sign, act]) => (
        <ActionIcon key={sign} variant="default" size={36} aria-label={label} title={label} onClick={act}>
          <Icon sign={sign} size={18} />
        </ActionIcon>
      ))}
    </div>
  );
}

interface Told {
  onChoose: ((element: string) => void) | undefined;
  onFailed: () => void;
  onHeight: (height: number) => void;
}

/** Draws the file into its place, and fits it in again whenever the place has another size. */
function useView(
  place: React.RefObject<HTMLDivElement | null>,
  { xml, process }: { xml: string; process: string },
  told: Told,
): View | null {
  const [view, setView] = useState<View | null>(null);
  const tell = useRef(told);
  useEffect(() => {
    tell.current = told;
  });
  useEffect(() => {
    const frame = place.current;
    if (!frame) return undefined;
    let isWanted = true;
    let found: View | null = null;
    const watch = new ResizeObserver(() => {
      found?.settle();
      if (found && frame.clientWidth > 0) tell.current.onHeight(found.heightAt(frame.clientWidth));
    });
    viewOf(frame, { xml, process }, (element) => tell.current.onChoose?.(element)).then(
      (made) => {
        if (!isWanted) return made.destroy();
        found = made;
        watch.observe(frame);
        return setView(made);
      },
      () => isWanted && tell.current.onFailed(),
    );
    return () => {
      isWanted = false;
      watch.disconnect();
      found?.destroy();
      setView(null);
    };
  }, [place, xml, process]);
  return view;
}
