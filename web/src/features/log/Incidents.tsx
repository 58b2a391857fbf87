import { Button, Group } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { type Incident, newKey, part, type Progress, send } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "./Log.module.css";
import { useTouchInstance } from "./useInstance";
import type { Place } from "./PlaceChoice";
import { VariablesDialog } from "./VariablesDialog";
import { When } from "@/components/When";

interface Given {
  incident: Incident;
  /** How the element is called. */
  name: string;
  /** How often it was tried. */
  tries: number;
  places: readonly Place[];
  onPoint: (element: string) => void;
}

type Dialog = "variables" | "values" | null;

/** What is stuck: what was expected, what was found, and how it goes on. */
export function IncidentCard({ incident, name, tries, places, onPoint }: Given): ReactElement {
  const { log } = useTexts();
  const isOperator = useMe().rights.includes("operate");
  const roles = (incident.repairers ?? []).join(", ");
  return (
    <section className={`sw-card ${styles["incident"]}`} aria-label={log.statuses.incident}>
      <Icon sign="warning" size={22} />
      <div>
        <h2>{incident.element ? log.incident.title(name) : log.incident.ofInstance}</h2>
        <p className={styles["message"]}>{incident.message}</p>
        <p className="sw-quiet">
          {log.incident.since("")}
          <When at={incident.raised_at} />
          {tries > 0 && ` · ${log.incident.tries(tries)}`}
          {" · "}
          {roles ? log.incident.who(roles) : log.incident.whoNobody}
        </p>
        <Group gap="xs" mt="sm">
          {isOperator && <Actions incident={incident} places={places} />}
          {incident.element && (
            <Button variant="subtle" ml={isOperator ? 0 : -18} onClick={() => onPoint(incident.element)}>
              {log.incident.show}
            </Button>
          )}
        </Group>
      </div>
    </section>
  );
}

function Actions({ incident, places }: { incident: Incident; places: readonly Place[] }): ReactElement {
  const texts = useTexts();
  const { log } = texts;
  const touch = useTouchInstance(incident.instance_id);
  const [dialog, setDialog] = useState<Dialog>(null);
  const { isBusy, once } = useOnce();
  const retry = async (values: Record<string, unknown>, reason: string): Promise<void> => {
    const body = { values, reason };
    const done = await send<Progress>("POST", `/incidents/${part(incident.id)}/retry`, body, {
      key: newKey(),
    });
    const again = done.incidents?.find((one) => one.id === incident.id);
    tell(again ? log.incident.stillStuck(again.message) : log.incident.goesOn, {
      isError: again !== undefined,
    });
    await touch();
  };
  const press = (): Promise<void> =>
    retry({}, "").catch((error: unknown) => tell(says(error, texts), { isError: true }));
  const values = groupOf(incident.values);
  return (
    <>
      <Button loading={isBusy} onClick={() => void once(press)}>
        {log.incident.retry}
      </Button>
      <Button variant="default" onClick={() => setDialog("variables")}>
        {log.incident.variables}
      </Button>
      {values && (
        <Button variant="default" onClick={() => setDialog("values")}>
          {log.incident.values}
        </Button>
      )}
      {dialog === "variables" && (
        <VariablesDialog instance={incident.instance_id} places={places} onClose={() => setDialog(null)} />
      )}
      {dialog === "values" && values && (
        <VariablesDialog
          instance={incident.instance_id}
          places={[]}
          result={{ values, onSave: (change, reason) => retry(change.variables, reason) }}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function groupOf(values: unknown): Record<string, unknown> | null {
  if (typeof values !== "object" || values === null || Array.isArray(values)) return null;
  return values as Record<string, unknown>;
}
