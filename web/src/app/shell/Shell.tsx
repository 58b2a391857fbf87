import { Outlet, useRouterState, useSearch } from "@tanstack/react-router";
import { type ReactElement, useEffect, useState } from "react";
import { MaskLayer } from "@/app/shell/MaskLayer";
import { Navigation } from "@/app/shell/Navigation";
import { Panel, Rail, type Side } from "@/app/shell/Panel";
import { StepLayer } from "@/app/shell/StepLayer";
import { TopBar } from "@/app/shell/TopBar";
import { Toasts } from "@/components/Toasts";
import { TourLayer } from "@/app/shell/TourLayer";
import { usePopUps } from "@/app/shell/usePopUps";
import { useReadWhenOpened } from "@/app/shell/useReadWhenOpened";
import { deferred } from "@/lib/deferred";
import { countText, useCounter } from "@/lib/inbox";
import { useFirstTexts } from "@/lib/texts";
import { askToRun, runDialog } from "@/lib/opening";
import { useIsNarrow, useKept } from "@/lib/screen";
import { useStore } from "@/lib/store";
import { useTitle } from "@/lib/title";
import styles from "./Shell.module.css";

const RunDialog = deferred(() => import("@/features/run/RunDialog").then((found) => found.RunDialog));

export function Shell(): ReactElement {
  const texts = useFirstTexts();
  const isNarrow = useIsNarrow();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const step = useSearch({ strict: false, select: (search) => search.step });
  const [isPanelKept, keepPanel] = useKept("stepwell.panel", true);
  const asked = useStore(runDialog);
  const [side, setSide] = useState<Side>("tasks");
  const [opened, setOpened] = useState<{ side: Side; place: string } | null>(null);
  const place = `${path}?${step ?? ""}`;
  const over = opened?.place === place ? opened.side : null; // it closes when the person goes on
  const hasRoom = !isNarrow && path !== "/tasks" && path !== "/notifications";
  const panel = !hasRoom ? undefined : isPanelKept ? "kept" : "closed";
  useTabTitle();
  usePopUps();
  useReadWhenOpened(step);
  const setOver = (side: Side | null): void => setOpened(side && { side, place });
  const keep = (isKept: boolean): void => {
    setSide(over ?? side);
    setOpened(null);
    keepPanel(isKept);
  };

  return (
    <div className={styles["shell"]} data-panel={panel}>
      <a href="#content" className="sw-skip">
        {texts.skip}
      </a>
      <TopBar
        hasPanel={panel === "kept"}
        onPanel={() => keep(!isPanelKept)}
        canTogglePanel={hasRoom}
        onRun={() => askToRun(null)}
      />
      {!isNarrow && <Navigation />}
      <main id="content" tabIndex={-1} className={styles["main"]}>
        <div className={styles["page"]} hidden={step !== undefined}>
          <Outlet />
        </div>
        <StepLayer />
      </main>
      {panel === "kept" && <Panel side={side} onSide={setSide} />}
      {panel === "closed" && <Rail over={over} onOver={setOver} onKeep={() => keep(true)} />}
      <MaskLayer />
      <TourLayer />
      <Toasts />
      {asked && <RunDialog first={asked} onClose={() => runDialog.set(null)} />}
    </div>
  );
}

/** The tab says how much waits and what the person looks at. */
function useTabTitle(): void {
  const { app } = useFirstTexts();
  const place = useTitle();
  const count = countText(useCounter().data);
  useEffect(() => {
    const words = place ? `${place} · ${app}` : app;
    document.title = count && count !== "0" ? `(${count}) ${words}` : words;
  }, [app, place, count]);
}
