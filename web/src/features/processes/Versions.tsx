import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Ask } from "@/components/Ask";
import { type Definition, newKey, part, send } from "@/lib/api";
import { useMe, useNow } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { whenText } from "@/lib/time/when";
import { tell } from "@/lib/toasts";
import styles from "./Processes.module.css";

interface Given {
  versions: readonly Definition[];
  shown: Definition;
  hasMore: boolean;
  onMore: () => void;
}

/** The versions of a process: which one new runs use, and letting them use another (O4). */
export function Versions({ versions, shown, hasMore, onMore }: Given): ReactElement {
  const { processes, table } = useTexts();
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="process-versions">
      <h2 id="process-versions">{processes.page.versions}</h2>
      <ol className={styles["versions"]}>
        {versions.map((version) => (
          <Version key={version.id} version={version} isShown={version.id === shown.id} />
        ))}
      </ol>
      {hasMore && (
        <Button variant="subtle" onClick={onMore}>
          {table.more}
        </Button>
      )}
    </section>
  );
}

function Version({ version, isShown }: { version: Definition; isShown: boolean }): ReactElement {
  const { page } = useTexts().processes;
  const mayDesign = useMe().rights.includes("design");
  const { time_zone: zone } = useMe();
  const language = useLocale();
  const now = useNow();
  const isUsed = version.is_current !== false && version.is_active !== false;
  const when = whenText(version.deployed_at, now, { zone, language });
  return (
    <li className={styles["version"]} aria-current={isShown ? "true" : undefined}>
      <div className={styles["words"]}>
        <p className={styles["number"]}>
          {page.version(version.version)}
          {isUsed && <span className={styles["badge"]}>{page.current}</span>}
        </p>
        <p className="sw-quiet">
          {page.deployed(when, version.deployed_by || page.system)}
          {version.file && ` · ${version.file}`}
        </p>
      </div>
      {isShown ? (
        <span className="sw-quiet">{page.shown}</span>
      ) : (
        <Button
          component={Link}
          to="."
          search={((before: object) => ({ ...before, version: String(version.version) })) as never}
          variant="subtle"
          h={36}
          aria-label={`${page.show}: ${page.version(version.version)}`}
        >
          {page.show}
        </Button>
      )}
      {mayDesign && !isUsed && <Activate version={version} />}
    </li>
  );
}

function Activate({ version }: { version: Definition }): ReactElement {
  const { page } = useTexts().processes;
  const client = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const activate = async (): Promise<void> => {
    await send("POST", `/definitions/${part(version.id)}/activate`, {}, { key: newKey() });
    tell(page.activated(version.version));
    void client.invalidateQueries({ queryKey: ["processes"] });
    await client.invalidateQueries({ queryKey: ["definitions"] });
  };
  return (
    <>
      <Button
        variant="default"
        h={36}
        aria-label={`${page.activate}: ${page.version(version.version)}`}
        onClick={() => setIsAsked(true)}
      >
        {page.activate}
      </Button>
      {isAsked && (
        <Ask
          title={page.activateTitle(version.version)}
          lead={page.activateLead}
          submit={page.activate}
          onSubmit={activate}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}
