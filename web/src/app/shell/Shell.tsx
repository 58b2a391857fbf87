import { Outlet, useRouterState, useSearch } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense, useEffect } from "react";
import { MaskLayer } from "@/app/shell/MaskLayer";
import { Navigation } from "@/app/shell/Navigation";
import { StepLayer } from "@/app/shell/StepLayer";
import { TopBar } from "@/app/shell/TopBar";
import { Toasts } from "@/components/Toasts";
import { TaskList } from "@/features/inbox/TaskList";
import { countText, useCounter } from "@/lib/inbox";
import { useTexts } from "@/lib/texts";
import { askToRun, runDialog } from "@/lib/opening";
import { useIsNarrow, useKept } from "@/lib/screen";
import { useStore } from "@/lib/store";
import styles from "./Shell.module.css";

const RunDialog = lazy(() =>
  import("@/features/run/RunDialog").then((found) => ({ default: found.RunDialog })),
);

export function Shell(): ReactElement {
  const texts = useTexts();
  const isNarrow = useIsNarrow();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const step = useSearch({ strict: false, select: (search) => search.step });
  const [isPanelKept, keepPanel] = useKept("stepwell.panel", true);
  const asked = useStore(runDialog);
  const hasPanel = isPanelKept && !isNarrow && path !== "/tasks";
  useTitle();

  return (
    <div className={styles["shell"]} data-panel={hasPanel || undefined}>
      <a href="#content" className="sw-skip">
        {texts.skip}
      </a>
      <TopBar
        hasPanel={hasPanel}
        onPanel={() => keepPanel(!isPanelKept)}
        canTogglePanel={!isNarrow && path !== "/tasks"}
        onRun={() => askToRun(null)}
      />
      {!isNarrow && <Navigation />}
      <main id="content" tabIndex={-1} className={styles["main"]}>
        <div className={styles["page"]} hidden={step !== undefined}>
          <Outlet />
        </div>
        <StepLayer />
      </main>
      {hasPanel && (
        <aside className={styles["panel"]} aria-label={texts.inbox.title}>
          <TaskList />
        </aside>
      )}
      <MaskLayer />
      <Toasts />
      {asked && (
        <Suspense fallback={null}>
          <RunDialog first={asked.process} onClose={() => runDialog.set(null)} />
        </Suspense>
      )}
    </div>
  );
}

function useTitle(): void {
  const { app } = useTexts();
  const count = countText(useCounter().data);
  useEffect(() => {
    document.title = count && count !== "0" ? `(${count}) ${app}` : app;
  }, [app, count]);
}
