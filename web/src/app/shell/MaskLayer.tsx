import { lazy, type ReactElement, Suspense } from "react";
import { running, stuck } from "@/lib/opening";
import { useStore } from "@/lib/store";

const Mask = lazy(() => import("./Masks").then((found) => ({ default: found.Mask })));
const StuckDialog = lazy(() => import("./Masks").then((found) => ({ default: found.StuckDialog })));

/** What the person waits for, and what came in the way of it. */
export function MaskLayer(): ReactElement {
  const what = useStore(running);
  const isStuck = useStore(stuck) !== null;
  return (
    <Suspense fallback={null}>
      {what && <Mask key={what.number} what={what} />}
      {isStuck && <StuckDialog />}
    </Suspense>
  );
}
