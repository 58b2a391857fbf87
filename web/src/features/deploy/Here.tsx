import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { When } from "@/components/When";
import { address, type Applications, get, part } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import styles from "./Deploy.module.css";

/** The applications that are here already; who may bring them in may take them out as files, too (O5). */
export function Here(): ReactElement | null {
  const { deploy } = useTexts().processes;
  const { rights } = useMe();
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
                {one.version && `${deploy.applicationVersion(one.version)} · `}
                {deploy.deployedAt} <When at={one.deployed_at} />
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
