import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { address, type Applications, get, part } from "@/lib/api";
import { useMe, useNow } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { whenText } from "@/lib/time/when";
import styles from "./Deploy.module.css";

/** The applications that are here already; who may bring them in may take them out as files, too (O5). */
export function Here(): ReactElement | null {
  const { deploy } = useTexts().processes;
  const { rights, time_zone: zone } = useMe();
  const language = useLocale();
  const now = useNow();
  const found = useQuery({ queryKey: ["applications"], queryFn: () => get<Applications>("/applications") });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="deploy-here">
      <h2 id="deploy-here">{deploy.here}</h2>
      <ul className={styles["here"]}>
        {items.map((one) => (
          <li key={one.name}>
            <div>
              <strong>{one.label || one.name}</strong>
              <p>
                {[one.version, whenText(one.deployed_at, now, { zone, language })]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            {rights.includes("administer") && (
              <a href={address(`/applications/${part(one.name)}/export`)} download={`${one.name}.zip`}>
                {deploy.export}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
