import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import { PersonName } from "@/components/PersonName";
import { When } from "@/components/When";
import { type Approvals as Found, get, part } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import styles from "./Record.module.css";

/** What was decided about a record; nothing when nothing was. */
export function Approvals({ type, number }: { type: string; number: string }): ReactElement | null {
  const { record } = useTexts();
  const found = useQuery({
    queryKey: ["record-approvals", type, number],
    queryFn: () => get<Found>(`/records/${part(type)}/${part(number)}/approvals`),
  });
  const items = found.data?.items ?? [];
  const isFailed = found.isError && !found.data;
  if (items.length === 0 && !isFailed) return null;
  const verdicts = record.verdicts as Record<string, string>;
  return (
    <section className={`sw-card ${styles["aside"]}`} aria-label={record.approvals}>
      <h2>{record.approvals}</h2>
      {isFailed && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      <ul className={styles["entries"]}>
        {items.map((one) => (
          <li key={`${one.step} ${one.at}`}>
            <Icon sign={one.verdict === "approved" ? "check" : "close"} size={16} />
            <div>
              <p>
                <strong>{verdicts[one.verdict] ?? one.verdict}</strong> · {one.title}
              </p>
              {one.comment && <p>{one.comment}</p>}
              <p className="sw-quiet">
                <PersonName name={one.actor} /> · <When at={one.at} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
