/** Who works here, for everything below the login. */
import { createContext, useContext, useEffect, useState } from "react";
import type { Me } from "@/lib/api";

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("Expected somebody who is logged in, but found nobody.");
  return me;
}

/** The people whom a demonstration offers at its login; none otherwise. */
export function demoPeople(): string[] {
  const found = document.querySelector<HTMLMetaElement>('meta[name="stepwell-demo"]');
  return found?.content.split(" ").filter(Boolean) ?? [];
}

/** The time, anew twice a minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), 30_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
