import { Button, Loader, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import styles from "./Log.module.css";
import { type Place, PlaceChoice } from "./PlaceChoice";
import { useVariables } from "./useInstance";
import { shown } from "./variables";
import { VariablesDialog } from "./VariablesDialog";

interface Given {
  instance: string;
  isOpen: boolean;
  places: readonly Place[];
}

/** The values that the process keeps, as far as the person may see them. */
export function VariablesCard({ instance, isOpen, places }: Given): ReactElement {
  const texts = useTexts();
  const { page, variables: words } = texts.log;
  const isOperator = useMe().rights.includes("operate");
  const [place, setPlace] = useState(0);
  const [isEdited, setIsEdited] = useState(false);
  const chosen = places.some((one) => one.key === place) ? place : 0;
  const found = useVariables(instance, chosen);
  const values = Object.entries(found.data?.variables ?? {});
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="log-variables">
      <h2 id="log-variables">{page.variables}</h2>
      <PlaceChoice places={places} value={chosen} onChange={setPlace} />
      {found.isPending && <Loader size="sm" aria-label={texts.loading} />}
      {found.isError && <Text c="dimmed">{says(found.error, texts)}</Text>}
      {found.data && values.length === 0 && <p className={styles["nothing"]}>{page.noVariables}</p>}
      <dl className={styles["facts"]}>
        {values.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={typeof value === "string" ? value : undefined}>{shown(value, words)}</dd>
          </div>
        ))}
      </dl>
      {isOperator && isOpen && (
        <Button
          variant="subtle"
          ml={-12}
          leftSection={<Icon sign="edit" size={16} />}
          onClick={() => setIsEdited(true)}
        >
          {words.edit}
        </Button>
      )}
      {isEdited && <VariablesDialog instance={instance} places={places} onClose={() => setIsEdited(false)} />}
    </section>
  );
}
