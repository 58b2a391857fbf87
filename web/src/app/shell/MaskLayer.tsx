import { lazy, type ReactElement, Suspense, useEffect, useState } from "react";
import { running, stuck } from "@/lib/opening";

const load = () => import("./MaskDialogs").then((found) => ({ default: found.MaskDialogs }));
const MaskDialogs = lazy(load);

/** What the person waits for, and what came in the way of it; read when somebody waits for the first time. */
export function MaskLayer(): ReactElement | null {
  const [isNeeded, setIsNeeded] = useState(false);
  useEffect(() => {
    const look = (): void => {
      if (running.get() ?? stuck.get()) setIsNeeded(true);
    };
    const stops = [running.subscribe(look), stuck.subscribe(look)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  if (!isNeeded) return null;
  return (
    <Suspense fallback={null}>
      <MaskDialogs />
    </Suspense>
  );
}
