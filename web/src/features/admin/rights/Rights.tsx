import { Loader, NativeSelect, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Failed } from "@/components/Failed";
import { useRoleNames } from "@/components/names";
import { get, part, type Rights as Found } from "@/lib/api";
import { useAllDefinitions } from "@/lib/definitions";
import { useRecordTypes } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import styles from "../Admin.module.css";
import { RightsTable } from "./RightsTable";

/** Who may do what with the records of a type, and who may run and see processes. */
export function Rights(): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const types = useRecordTypes();
  const [chosen, setChosen] = useState("");
  if (types.error && !types.data) return <Failed error={types.error} onRetry={() => void types.refetch()} />;
  if (!types.data) return <Loader size="sm" aria-label={texts.loading} />;
  const sorted = types.data.toSorted(
    (one, other) => one.kind.localeCompare(other.kind) * -1 || one.label.localeCompare(other.label),
  );
  const name = chosen || sorted[0]?.name || "";
  return (
    <>
      <section className={`sw-card ${styles["card"]}`} aria-label={admin.rights}>
        <NativeSelect
          label={admin.recordType}
          description={admin.rightsHint}
          data={sorted.map((type) => ({ value: type.name, label: type.label }))}
          value={name}
          maw={520}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        {name && <OfType key={name} name={name} />}
      </section>
      <section
        className={`sw-card ${styles["card"]}`}
        aria-label={admin.ofProcesses}
        style={{ marginTop: 16 }}
      >
        <h2>{admin.ofProcesses}</h2>
        <Text c="dimmed">{admin.processesHint}</Text>
        <OfProcesses />
      </section>
    </>
  );
}

function OfType({ name }: { name: string }): ReactElement {
  const texts = useTexts();
  const [saves, setSaves] = useState(0);
  const found = useQuery({
    queryKey: ["record-rights", name],
    queryFn: () => get<Found>(`/record-types/${part(name)}/rights`),
  });
  if (found.error && !found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loader size="sm" mt="md" aria-label={texts.loading} />;
  return (
    <RightsTable
      key={saves}
      type={name}
      rights={found.data.rights}
      onSaved={() => setSaves((count) => count + 1)}
    />
  );
}

function OfProcesses(): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const found = useAllDefinitions();
  if (found.error && !found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loader size="sm" mt="md" aria-label={texts.loading} />;
  if (found.data.length === 0) return <Text mt="md">{admin.noProcesses}</Text>;
  return (
    <table className={styles["rights"]}>
      <thead>
        <tr>
          <th scope="col">{admin.process}</th>
          <th scope="col">{admin.runBy}</th>
          <th scope="col">{admin.seenBy}</th>
        </tr>
      </thead>
      <tbody>
        {found.data.map((one) => (
          <tr key={one.id}>
            <td>{one.name || one.process_id}</td>
            <td data-label={admin.runBy}>
              <Named roles={one.run_by} others={admin.everyRole} />
            </td>
            <td data-label={admin.seenBy}>
              <Named roles={one.seen_by} others="–" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Named({ roles, others }: { roles: readonly string[] | undefined; others: string }): ReactElement {
  return <>{useRoleNames(roles ?? []).join(", ") || others}</>;
}
