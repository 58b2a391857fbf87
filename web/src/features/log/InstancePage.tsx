import { Button, Loader } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Diagram } from "@/components/diagram/Diagram";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { PageHead } from "@/components/PageHead";
import { type InstanceDetails, newKey, part, Refused, send } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { Facts } from "./Facts";
import { HistoryCard } from "./HistoryCard";
import { IncidentCard } from "./Incidents";
import styles from "./Log.module.css";
import { ReasonDialog } from "./ReasonDialog";
import { RetryAll } from "./RetryAll";
import { scopesOf } from "./scopes";
import { Status } from "./Status";
import { StepList } from "./StepList";
import { useInstance, useMarks, useNames, useTouchInstance } from "./useInstance";
import { VariablesCard } from "./VariablesCard";
import { Waits } from "./Waits";

/** One run of a process: where it is, what it waits for, what happened, and how it is repaired. */
export function InstancePage(): ReactElement {
  const texts = useTexts();
  const { log } = texts;
  const { id } = useParams({ from: "/log/$id" });
  const found = useInstance(id);
  const { details } = found;
  if (details.isPending) return <Loader size="sm" aria-label={texts.loading} />;
  if (!details.data && details.error instanceof Refused && details.error.status === 404)
    return (
      <Empty title={log.page.gone} sign="search">
        <Link to="/log">{log.page.toLog}</Link>
      </Empty>
    );
  if (!details.data) return <Failed error={details.error} onRetry={() => void details.refetch()} />;
  return <Shown key={id} instance={details.data} found={found} />;
}

interface ShownGiven {
  instance: InstanceDetails;
  found: ReturnType<typeof useInstance>;
}

function Shown({ instance, found }: ShownGiven): ReactElement {
  const { log, diagram } = useTexts();
  const { way, steps, xml } = found;
  const [pointed, setPointed] = useState("");
  const nameOf = useNames(xml.data);
  const { marks, taken } = useMarks(way.data);
  const point = (element: string): void => {
    setPointed("");
    window.setTimeout(() => setPointed(element));
    document.getElementById("log-diagram")?.scrollIntoView({ block: "nearest" });
  };
  const places = scopesOf(instance).map(({ key, element }) => ({ key, name: nameOf(element) || element }));
  const triesOf = (element: string): number =>
    way.data?.elements.find((one) => one.element === element)?.failed ?? 0;
  return (
    <div className={styles["page"]}>
      <Head instance={instance} />
      {(instance.open_incidents ?? []).map((incident) => (
        <IncidentCard
          key={incident.id}
          incident={incident}
          name={nameOf(incident.element) || incident.element}
          tries={triesOf(incident.element)}
          places={places}
          onPoint={point}
        />
      ))}
      <section id="log-diagram" className={`sw-card ${styles["diagram"]}`} aria-label={log.page.diagram}>
        {xml.data ? (
          <Diagram
            xml={xml.data}
            process={instance.process_id}
            label={diagram.label(instance.process_name || instance.process_id)}
            marks={marks}
            taken={taken}
            pointed={pointed}
          />
        ) : (
          <div className={styles["wait"]}>
            {xml.isError ? (
              <Failed error={xml.error} onRetry={() => void xml.refetch()} />
            ) : (
              <Loader size="sm" />
            )}
          </div>
        )}
        {way.data?.is_complete === false && <p className={styles["early"]}>{log.page.earlyGone}</p>}
      </section>
      <div className={styles["columns"]}>
        <div className={styles["column"]}>
          <section className={`sw-card ${styles["card"]}`} aria-labelledby="log-steps">
            <h2 id="log-steps">{log.page.steps}</h2>
            {steps.data && <StepList instance={instance.id} steps={steps.data} onPoint={point} />}
            {steps.isPending && <Loader size="sm" />}
            {steps.isError && <Failed error={steps.error} onRetry={() => void steps.refetch()} />}
          </section>
          <Waits waiting={instance.waiting ?? []} nameOf={nameOf} onPoint={point} />
          <HistoryCard instance={instance.id} nameOf={nameOf} />
        </div>
        <div className={styles["column"]}>
          <Facts instance={instance} connections={steps.data?.connections ?? []} />
          <VariablesCard instance={instance.id} isOpen={!instance.ended_at} places={places} />
        </div>
      </div>
    </div>
  );
}

function Head({ instance }: { instance: InstanceDetails }): ReactElement {
  const { log } = useTexts();
  const isOperator = useMe().rights.includes("operate");
  const name = instance.process_name || instance.process_id;
  return (
    <PageHead
      title={instance.caption || name}
      above={
        <>
          <Link to="/log">{log.title}</Link>
          {" · "}
          <Link to="/processes/$id" params={{ id: instance.process_id }}>
            {name}
          </Link>
          {`, ${log.page.version(instance.version)}`}
        </>
      }
      count={<Status of={instance} />}
      actions={isOperator && <Operating instance={instance} />}
    />
  );
}

function Operating({ instance }: { instance: InstanceDetails }): ReactElement {
  const { log } = useTexts();
  const stuck = instance.open_incidents ?? [];
  return (
    <>
      {stuck.length > 1 && (
        <RetryAll lead={log.incident.retryHere(stuck.length)} read={() => Promise.resolve(stuck)} />
      )}
      {instance.status === "running" && <Cancel instance={instance} />}
    </>
  );
}

/** Ends the whole run, after a question. */
function Cancel({ instance }: { instance: InstanceDetails }): ReactElement {
  const { log } = useTexts();
  const touch = useTouchInstance(instance.id);
  const [isAsked, setIsAsked] = useState(false);
  const caption = instance.caption || instance.process_name || instance.process_id;
  const cancel = async (reason: string): Promise<void> => {
    await send("POST", `/instances/${part(instance.id)}/cancel`, { reason }, { key: newKey() });
    tell(log.cancel.done(caption));
    await touch();
  };
  return (
    <>
      <Button variant="default" onClick={() => setIsAsked(true)}>
        {log.cancel.action}
      </Button>
      {isAsked && (
        <ReasonDialog
          title={log.cancel.title}
          lead={log.cancel.lead(caption)}
          submit={log.cancel.submit}
          onSubmit={cancel}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}
