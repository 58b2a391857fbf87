import type { ReactElement } from "react";
import { usePersonName } from "@/components/names";
import { useTexts } from "@/lib/texts";

/** Who started a run: a person, or nobody. */
export function Starter({ name }: { name: string }): ReactElement {
  const { log } = useTexts();
  return <>{usePersonName(name) || log.systemStarter}</>;
}
