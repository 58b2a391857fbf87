import type { ReactElement } from "react";
import { Icon, type Sign } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import styles from "./Log.module.css";

type Kind = "running" | "terminating" | "completed" | "cancelled" | "incident";

const SIGNS: Record<Kind, Sign> = {
  running: "clock",
  terminating: "clock",
  completed: "check",
  cancelled: "close",
  incident: "warning",
};

/** How a run is, by a sign and a word. */
export function Status({ of }: { of: { status: string; incidents: number } }): ReactElement {
  const { log } = useTexts();
  const kind = kindOf(of);
  return (
    <span className={styles["status"]} data-status={kind}>
      <Icon sign={SIGNS[kind]} size={15} />
      {log.statuses[kind]}
    </span>
  );
}

function kindOf({ status, incidents }: { status: string; incidents: number }): Kind {
  if (status === "running" && incidents > 0) return "incident";
  return status in SIGNS ? (status as Kind) : "running";
}
