import { Skeleton, Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { RecordLink } from "@/components/record/FieldValue";
import fields from "@/components/record/fields.module.css";
import { Shown } from "@/components/record/Shown";
import type { StepPage } from "@/lib/api";
import { placeOf, useRecord, useRecordTypes } from "@/lib/records";
import styles from "./Step.module.css";

/** The record that an approval is about; nothing for other steps. */
export const approvedRecord = (page: StepPage): string =>
  page.kind === "approval" ? (page.connections[0] ?? "") : "";

/** What is to be approved, to read. */
export function Summary({ id }: { id: string }): ReactElement {
  const { type: name, number } = placeOf(id);
  const types = useRecordTypes();
  const found = useRecord(name, number);
  const type = types.data?.find((one) => one.name === name);
  const error = found.data ? types.error : found.error;
  if (found.data && type)
    return (
      <section className={styles["summary"]} aria-labelledby="step-summary">
        <h2 id="step-summary">
          {type.label}: <RecordLink id={id} title={found.data.title} />
        </h2>
        <div className={fields["around"]}>
          <Shown type={type} record={found.data} isShort />
        </div>
      </section>
    );
  if (error)
    return (
      <Failed
        error={error}
        onRetry={() => {
          void types.refetch();
          void found.refetch();
        }}
      />
    );
  return (
    <Stack mb="lg">
      <Skeleton h={20} w="50%" />
      <Skeleton h={42} />
      <Skeleton h={42} />
    </Stack>
  );
}
