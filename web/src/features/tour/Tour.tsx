import { Button, Group } from "@mantine/core";
import { type ReactElement, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Doing, onDone } from "@/lib/doings";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { keepTourProgress, tourProgress } from "@/lib/tour";
import { GOALS, seenOn, type Stage, stageOf, targetOf } from "./stages";
import { placeBeside, type Place, ringAround } from "./place";
import styles from "./Tour.module.css";

/** A tour with the real thing: it points at a control, and goes on when the person has done it. Nothing is blocked. */
export function Tour({ onClose }: { onClose: () => void }): ReactElement {
  const { name: me } = useMe();
  const [hasBegun, setHasBegun] = useState(() => tourProgress(me) !== null);
  const begin = (): void => {
    keepTourProgress(me, []);
    setHasBegun(true);
  };
  useEffect(() => {
    document.body.dataset["tour"] = "";
    return () => {
      delete document.body.dataset["tour"];
    };
  }, []);
  return hasBegun ? <Guide onClose={onClose} /> : <Welcome onBegin={begin} onClose={onClose} />;
}

function Welcome({ onBegin, onClose }: { onBegin: () => void; onClose: () => void }): ReactElement {
  const { tour } = useTexts();
  return (
    <Card title={tour.welcome} text={tour.lead} place={null}>
      <Button ref={focused} onClick={onBegin}>
        {tour.begin}
      </Button>
      <Button variant="subtle" onClick={onClose}>
        {tour.skip}
      </Button>
    </Card>
  );
}

function focused(button: HTMLButtonElement | null): void {
  button?.focus();
}

function Guide({ onClose }: { onClose: () => void }): ReactElement {
  const { tour } = useTexts();
  const done = useDone();
  const { stage, target } = useStage(done);
  const { ring, card } = usePlaces(target, stage);
  const goal = GOALS.find((one) => !done.has(one));
  const isEnd = stage === "end";
  useFirstFocus(target);
  useEffect(() => {
    if (stage === "choose") target?.scrollIntoView({ block: "nearest" });
  }, [stage, target]);
  const go = (): void => {
    target?.scrollIntoView({ block: "center" });
    target?.focus();
  };
  return (
    <>
      {ring && <div className={styles["ring"]} style={ring} aria-hidden="true" />}
      <Card
        title={goal ? tour.goals[goal] : tour.title}
        count={goal && tour.progress(GOALS.indexOf(goal) + 1, GOALS.length)}
        text={tour.stages[stage]}
        place={card}
      >
        {isEnd ? (
          <Button ref={focused} onClick={onClose}>
            {tour.finish}
          </Button>
        ) : (
          <>
            {target && (
              <Button variant="default" size="compact-sm" h={36} onClick={go}>
                {tour.goThere}
              </Button>
            )}
            <Button variant="subtle" size="compact-sm" h={36} onClick={onClose}>
              {tour.end}
            </Button>
          </>
        )}
      </Card>
    </>
  );
}

interface CardGiven {
  title: string;
  text: string;
  count?: string | undefined;
  place: Place | null;
  children: ReactNode;
}

function Card({ title, text, count, place, children }: CardGiven): ReactElement {
  const { tour } = useTexts();
  return (
    <section
      className={`sw-card ${styles["card"]}`}
      style={place ?? undefined}
      aria-label={tour.title}
      data-tour-card=""
    >
      <p className={styles["head"]}>
        <strong>{title}</strong>
        <span>{count}</span>
      </p>
      <p className={styles["text"]} role="status">
        {text}
      </p>
      <Group gap="xs">{children}</Group>
    </section>
  );
}

function useDone(): ReadonlySet<Doing> {
  const { name: me } = useMe();
  const [done, setDone] = useState<ReadonlySet<Doing>>(() => new Set(tourProgress(me)));
  useEffect(() => onDone((doing) => setDone((before) => new Set([...before, doing]))), []);
  useEffect(() => keepTourProgress(me, [...done]), [me, done]);
  return done;
}

interface Pointed {
  stage: Stage;
  target: HTMLElement | null;
}

/** The stage as the screen shows it, whenever something on it changes. */
function useStage(done: ReadonlySet<Doing>): Pointed {
  const [pointed, setPointed] = useState<Pointed>({ stage: "run", target: null });
  useEffect(() => {
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const stage = stageOf(done, seenOn(document));
      const target = targetOf(stage, document);
      setPointed((before) =>
        before.stage === stage && before.target === target ? before : { stage, target },
      );
    };
    const soon = (): void => {
      frame ||= window.requestAnimationFrame(look);
    };
    const observer = new MutationObserver(soon);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["hidden", "disabled"],
    });
    soon();
    return () => {
      observer.disconnect();
      window.cancelAnimationFrame(frame);
    };
  }, [done]);
  return pointed;
}

/** Where the ring and the card stand; both follow when the page scrolls or changes its size. */
function usePlaces(target: HTMLElement | null, stage: Stage): { ring: Place | null; card: Place | null } {
  const [rect, setRect] = useState<DOMRect | null>(null);
  useLayoutEffect(() => {
    if (!target) return;
    let frame = 0;
    const follow = (): void => {
      const found = (target.closest("article") ?? target).getBoundingClientRect();
      setRect((before) => (before && sameRect(before, found) ? before : found));
      frame = window.requestAnimationFrame(follow);
    };
    follow();
    return () => window.cancelAnimationFrame(frame);
  }, [target]);
  if (!target || !rect) return { ring: null, card: null };
  const screen = { width: document.documentElement.clientWidth, height: window.innerHeight };
  return { ring: ringAround(rect, screen), card: placeBeside(rect, stage, screen) };
}

function sameRect(one: DOMRect, other: DOMRect): boolean {
  return (
    one.top === other.top &&
    one.left === other.left &&
    one.width === other.width &&
    one.height === other.height
  );
}

/** The tour hands the focus to what it points at first; from then on the person leads. */
function useFirstFocus(target: HTMLElement | null): void {
  const isGiven = useRef(false);
  useEffect(() => {
    if (!target || isGiven.current) return;
    isGiven.current = true;
    target.focus();
  }, [target]);
}
