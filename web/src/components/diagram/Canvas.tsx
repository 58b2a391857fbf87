import { ActionIcon, Loader } from "@mantine/core";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { Failed } from "@/components/Failed";
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
export function Canvas({ xml, label, marks, taken, pointed, process, onChoose }: DiagramGiven): ReactElement {
  const texts = useTexts();
  const place = useRef<HTMLDivElement>(null);
  const { view, error, again } = useView(place, xml, process ?? "", onChoose);
  useEffect(() => view?.show(marks, taken), [view, marks, taken]);
  useEffect(() => view?.point(pointed ?? ""), [view, pointed]);
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const action = KEYS[event.key];
    if (!view || !action || event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    action(view);
  };
  if (error !== null) return <Failed error={error} onRetry={again} />;
  return (
    <div
      className={styles["frame"]}
      role="application"
      tabIndex={0}
      aria-label={`${label}. ${texts.diagram.keys}`}
      onKeyDown={press}
    >
      <div ref={place} className={styles["drawing"]} data-drawn={view !== null || undefined} />
      {!view && <Loader size="sm" className={styles["wait"] ?? ""} aria-label={texts.loading} />}
      {view && <Buttons view={view} />}
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

interface Viewing {
  view: View | null;
  error: unknown;
  again: () => void;
}

/** Draws the file into its place, and fits it in again whenever the place has another size. */
function useView(
  place: React.RefObject<HTMLDivElement | null>,
  xml: string,
  process: string,
  onChoose: ((element: string) => void) | undefined,
): Viewing {
  const [view, setView] = useState<View | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const choose = useRef(onChoose);
  useEffect(() => {
    choose.current = onChoose;
  }, [onChoose]);
  useEffect(() => {
    const frame = place.current;
    if (!frame) return undefined;
    let isWanted = true;
    let found: View | null = null;
    const watch = new ResizeObserver(() => found?.fit());
    viewOf(frame, xml, process, (element) => choose.current?.(element)).then(
      (made) => {
        if (!isWanted) return made.destroy();
        found = made;
        watch.observe(frame);
        return setView(made);
      },
      (problem: unknown) => isWanted && setError(problem),
    );
    return () => {
      isWanted = false;
      watch.disconnect();
      found?.destroy();
      setView(null);
    };
  }, [place, xml, process, turn]);
  const again = (): void => {
    setError(null);
    setTurn(turn + 1);
  };
  return { view, error, again };
}
