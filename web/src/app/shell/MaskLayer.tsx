import { lazy, type ReactElement, Suspense } from "react";
import { running, stuck } from "@/lib/opening";
import { useStore } from "@/lib/store";

const loadMask = () => import("./Mask");
const Mask = lazy(() => loadMask().then((found) => ({ default: found.Mask })));
const StuckDialog = lazy(() => loadMask().then((found) => ({ default: found.StuckDialog })));

/** What the person waits for, and what came in the way of it; loaded when there is something to wait for. */
export function MaskLayer(): ReactElement {
  const what = useStore(running);
  const found = useStore(stuck);
  return (
    <Suspense fallback={null}>
      {what && <Mask key={what.title} what={what} />}
      {found && <StuckDialog found={found} />}
    </Suspense>
  );
}
