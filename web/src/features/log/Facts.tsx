import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { type Connection, get, type InstanceDetails, part } from "@/lib/api";
import { placeOf } from "@/lib/records";
import { useNow } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { spanText } from "@/lib/time/span";
import styles from "./Log.module.css";
import { Starter } from "./Starter";
import { Status } from "./Status";
import { When } from "@/components/When";

interface Given {
  instance: InstanceDetails;
  connections: readonly Connection[];
}

/** Who started it, when, what it is about, and what it belongs to. */
export function Facts({ instance, connections }: Given): ReactElement {
  const { log } = useTexts();
  const { page } = log;
  const children = instance.children ?? [];
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="log-facts">
      <h2 id="log-facts">{page.facts}</h2>
      <dl className={styles["facts"]}>
        <Fact label={page.starter}>
          <Starter name={instance.starter} />
        </Fact>
        <Fact label={page.started}>
          <When at={instance.started_at} />
        </Fact>
        {instance.ended_at && (
          <Fact label={page.ended}>
            <When at={instance.ended_at} />
          </Fact>
        )}
        <Fact label={instance.ended_at ? page.took : page.running}>
          <Took instance={instance} />
        </Fact>
        {instance.business_key && <Fact label={page.key}>{instance.business_key}</Fact>}
        {instance.called_by && (
          <Fact label={page.caller}>
            <Caller id={instance.called_by.replace(/-\d+$/, "")} />
          </Fact>
        )}
        {connections.length > 0 && (
          <Fact label={page.records}>
            <ul>
              {connections.map((one) => (
                <li key={one.id}>
                  <ToRecord record={one} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {children.length > 0 && (
          <Fact label={page.children}>
            <ul>
              {children.map((child) => (
                <li key={child.id}>
                  <Link to="/log/$id" params={{ id: child.id }}>
                    {child.caption || child.process_name || child.process_id}
                  </Link>{" "}
                  <Status of={child} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
    </section>
  );
}

/** The run that called this one, under its name when the person may see it. */
function Caller({ id }: { id: string }): ReactElement {
  const { log } = useTexts();
  const found = useQuery({
    queryKey: ["instance", id, "details"],
    queryFn: () => get<InstanceDetails>(`/instances/${part(id)}`),
    retry: false,
  });
  if (!found.data) return <>{log.page.unseen}</>;
  return (
    <Link to="/log/$id" params={{ id }}>
      {found.data.caption || found.data.process_name || found.data.process_id}
    </Link>
  );
}

function ToRecord({ record }: { record: Connection }): ReactElement {
  const { type, number } = placeOf(record.id);
  return (
    <Link to="/records/$type/$id" params={{ type, id: number }}>
      {record.title}
    </Link>
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

function Took({ instance }: { instance: InstanceDetails }): ReactElement {
  const { log } = useTexts();
  const language = useLocale();
  const now = useNow();
  const end = instance.ended_at ? new Date(instance.ended_at) : now;
  const seconds = Math.max(0, (end.getTime() - new Date(instance.started_at).getTime()) / 1000);
  return <>{spanText(seconds, language, log.span)}</>;
}
