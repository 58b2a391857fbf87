import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { ApplicationDeployment, Changed, Deployment } from "@/lib/api";
import { type Texts, useTexts } from "@/lib/texts";
import type { Checked } from "./checking";
import styles from "./Deploy.module.css";

interface Given {
  checked: Checked;
  isDone: boolean;
  children: ReactNode;
}

/** What deploying would change, or has changed. */
export function Changes({ checked, isDone, children }: Given): ReactElement {
  const { deploy } = useTexts().processes;
  const { deployment, application } = checked;
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="deploy-changes">
      <h2 id="deploy-changes">{isDone ? deploy.doneTitle : deploy.changes}</h2>
      {deployment && <OfFile deployment={deployment} isDone={isDone} />}
      {application && <OfApplication application={application} isDone={isDone} />}
      {children}
    </section>
  );
}

function OfFile({ deployment, isDone }: { deployment: Deployment; isDone: boolean }): ReactElement {
  const { deploy } = useTexts().processes;
  return (
    <ul className={styles["changes"]}>
      {deployment.processes.map((one) => {
        const name = one.name || one.process_id;
        return (
          <li key={one.process_id}>
            {isDone ? (
              <ToProcess id={one.process_id} name={name} />
            ) : (
              said(deployment.is_new, name, one.version, deploy)
            )}
          </li>
        );
      })}
    </ul>
  );
}

function said(isNew: boolean, name: string, version: number, words: Texts["processes"]["deploy"]): string {
  if (!isNew) return words.sameVersion(name, version);
  return version === 1 ? words.newProcess(name) : words.newVersion(name, version);
}

function ToProcess({ id, name }: { id: string; name: string }): ReactElement {
  const { deploy } = useTexts().processes;
  return (
    <Link to="/processes/$id" params={{ id }}>
      {deploy.toProcess(name)}
    </Link>
  );
}

interface ApplicationGiven {
  application: ApplicationDeployment;
  isDone: boolean;
}

function OfApplication({ application, isDone }: ApplicationGiven): ReactElement {
  const { deploy } = useTexts().processes;
  const changed = application.changed ?? [];
  const kept = application.kept ?? [];
  return (
    <>
      {changed.length === 0 && <p className="sw-quiet">{deploy.noChanges}</p>}
      <ul className={styles["changes"]}>
        {changed.map((one) => (
          <li key={`${one.what}/${one.name}`}>
            {isDone && one.what === "process" ? (
              <ToProcess id={one.name} name={one.name} />
            ) : (
              <Change changed={one} />
            )}
          </li>
        ))}
      </ul>
      {kept.length > 0 && (
        <>
          <h3>{deploy.kept}</h3>
          <ul className={styles["changes"]}>
            {kept.map((one) => (
              <li key={`${one.what}/${one.name}`}>
                {deploy.whats[one.what]} {one.name}: {one.reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Change({ changed }: { changed: Changed }): ReactElement {
  const { deploy } = useTexts().processes;
  const details = (changed.details ?? []).join(", ");
  return (
    <>
      {deploy.whats[changed.what]} <strong>{changed.name}</strong> {deploy.dones[changed.done]}
      {details && <span className="sw-quiet"> ({details})</span>}
    </>
  );
}
