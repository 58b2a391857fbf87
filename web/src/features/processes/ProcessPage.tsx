import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { Diagram } from "@/components/diagram/Diagram";
import type { Marks } from "@/components/diagram/marks";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import { useRoleNames } from "@/components/names";
import { PageHead } from "@/components/PageHead";
import { address, type Definition, getText, part } from "@/lib/api";
import { askToRun } from "@/lib/opening";
import { useRunnable, useVersions } from "@/lib/definitions";
import { useTexts } from "@/lib/texts";
import styles from "./Processes.module.css";
import { Versions } from "./Versions";

const NO_MARKS: Marks = new Map();
const NO_FLOWS: ReadonlySet<string> = new Set();

/** One process: how it is drawn, its versions, and who may run it. */
export function ProcessPage(): ReactElement {
  const texts = useTexts();
  const { page } = texts.processes;
  const { id } = useParams({ from: "/processes/$id" });
  const wanted = useSearch({ from: "/processes/$id", select: (search) => search.version });
  const found = useVersions(id, wanted);
  if (found.isPending) return <Loader size="sm" aria-label={texts.loading} />;
  if (!found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const versions = found.data.pages.flatMap((one) => one.items);
  const current = versions.find((one) => one.is_current) ?? versions[0];
  const shown = versions.find((one) => String(one.version) === wanted) ?? current;
  if (!shown)
    return (
      <Empty title={page.gone} sign="search">
        <Link to="/processes">{page.toList}</Link>
      </Empty>
    );
  return (
    <div className={styles["page"]}>
      <Head shown={shown} />
      <Drawing key={shown.id} shown={shown} />
      <div className={styles["columns"]}>
        <Versions
          versions={versions}
          shown={shown}
          hasMore={found.hasNextPage}
          onMore={() => void found.fetchNextPage()}
        />
        <About shown={shown} />
      </div>
    </div>
  );
}

function Head({ shown }: { shown: Definition }): ReactElement {
  const { processes } = useTexts();
  const process = useRunnable()(shown);
  return (
    <PageHead
      title={shown.name || shown.process_id}
      above={<Link to="/processes">{processes.title}</Link>}
      count={processes.page.version(shown.version)}
      actions={
        process && (
          <Button leftSection={<Icon sign="run" size={16} filled />} onClick={() => askToRun(process)}>
            {processes.run}
          </Button>
        )
      }
    />
  );
}

function Drawing({ shown }: { shown: Definition }): ReactElement {
  const { diagram, loading } = useTexts();
  const xml = useQuery({
    queryKey: ["definition-xml", shown.id],
    queryFn: () => getText(`/definitions/${part(shown.id)}/xml`),
    staleTime: Infinity,
  });
  const label = diagram.label(shown.name || shown.process_id);
  return (
    <section className={`sw-card ${styles["diagram"]}`} aria-label={label}>
      {xml.data && (
        <Diagram xml={xml.data} process={shown.process_id} label={label} marks={NO_MARKS} taken={NO_FLOWS} />
      )}
      {!xml.data && (
        <div className={styles["wait"]}>
          {xml.isError ? (
            <Failed error={xml.error} onRetry={() => void xml.refetch()} />
          ) : (
            <Loader size="sm" aria-label={loading} />
          )}
        </div>
      )}
    </section>
  );
}

function About({ shown }: { shown: Definition }): ReactElement {
  const { processes } = useTexts();
  const { page } = processes;
  const runBy = useRoleNames(shown.run_by ?? []).join(", ");
  const seenBy = useRoleNames(shown.seen_by ?? []).join(", ");
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="process-about">
      <h2 id="process-about">{page.about}</h2>
      <p className={shown.description ? styles["text"] : "sw-quiet"}>
        {shown.description || page.noDescription}
      </p>
      {shown.is_active === false && <p className={styles["late"]}>{page.notActive}</p>}
      <dl className={styles["facts"]}>
        <Fact label={page.runBy}>{runBy || processes.everybody}</Fact>
        {seenBy && <Fact label={page.seenBy}>{seenBy}</Fact>}
      </dl>
      <ul className={styles["ways"]}>
        <li>
          <Link to="/log" search={{ process: shown.process_id }}>
            {page.runs}
          </Link>
        </li>
        <li>
          <a
            href={address(`/definitions/${part(shown.id)}/xml`)}
            download={shown.file || `${shown.process_id}.bpmn`}
          >
            {page.file}
          </a>
        </li>
      </ul>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
