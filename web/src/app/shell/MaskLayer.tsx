import { type ReactElement, useEffect, useState } from "react";
import { deferred } from "@/lib/deferred";
import { running, stuck } from "@/lib/opening";

const MaskDialogs = deferred(() => import("./MaskDialogs").then((found) => found.MaskDialogs));

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
  return <MaskDialogs onClose={() => setIsNeeded(false)} />;
}
