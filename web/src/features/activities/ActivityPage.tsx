import { Alert, Button, Skeleton, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactElement, type SubmitEvent, useRef, useState } from "react";
import { Ask } from "@/components/Ask";
import { Attachments } from "@/components/beside/Attachments";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { PageHead } from "@/components/PageHead";
import { newKey, type Opening, part, type Record as Kept, Refused, send } from "@/lib/api";
import { useOpening } from "@/lib/opening";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { ActivityFields } from "./ActivityFields";
import { isFinished, numberOf, textOf, touchActivities, useActivity } from "./data";
import { useActivityForm } from "./useActivityForm";
import { filledFrom } from "./values";
import styles from "./Activities.module.css";

/** An activity itself. Where a step waits for it, what is changed here changes the step, too (K1, S7). */
export function ActivityPage(): ReactElement {
  const { id = "" } = useParams({ strict: false });
  const found = useActivity(id);
  if (found.error instanceof Refused && [403, 404].includes(found.error.status)) return <Gone />;
  if (found.error && !found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={320} maw={860} mx="auto" />;
  return <Sheet key={`${id}/${found.data.record.revision}`} opening={found.data} />;
}

/** It is not there, or handed on to somebody else. */
function Gone(): ReactElement {
  const { activities: texts } = useTexts();
  return (
    <Empty title={texts.gone} sign="activity">
      {texts.goneHint} <Link to="/activities">{texts.title}</Link>
    </Empty>
  );
}

function Sheet({ opening }: { opening: Opening }): ReactElement {
  const { activities: texts } = useTexts();
  const { record } = opening;
  const number = numberOf(record.id);
  return (
    <div className={styles["sheet"]}>
      <PageHead title={record.title} above={<Link to="/activities">{texts.title}</Link>} />
      <OfStep opening={opening} />
      <Form record={record} />
      <div className={`sw-card ${styles["card"]}`} style={{ marginTop: 16 }}>
        <Attachments owner={{ kind: "record", type: "activity", id: number }} mayChange={record.may_change} />
      </div>
    </div>
  );
}

function OfStep({ opening }: { opening: Opening }): ReactElement | null {
  const { activities: texts } = useTexts();
  const { open } = useOpening();
  const step = textOf(opening.record, "step");
  if (!step) return null;
  if (isFinished(opening.record))
    return (
      <Text c="dimmed" mb="md">
        {texts.wasStep}
      </Text>
    );
  return (
    <Alert color="accent" mb="md" role="note" title={texts.waits}>
      <Text mb="xs">{texts.waitsHint}</Text>
      {opening.opens === "step" && (
        <Button variant="default" onClick={() => open(step)}>
          {texts.openStep}
        </Button>
      )}
    </Alert>
  );
}

interface Cancelling {
  changed: Record<string, unknown>;
}

function Form({ record }: { record: Kept }): ReactElement {
  const { activities: texts, save } = useTexts();
  const { time_zone: zone, rights } = useMe();
  const client = useQueryClient();
  const [cancelling, setCancelling] = useState<Cancelling | null>(null);
  const revision = useRef(record.revision);
  const before = filledFrom(record, zone);
  const path = `/records/activity/${part(numberOf(record.id))}`;
  const put = async (values: Record<string, unknown>, more: object = {}): Promise<void> => {
    await send("PUT", path, { values, revision: revision.current, ...more }, { key: newKey() });
    tell(texts.saved(record.title));
  };
  const form = useActivityForm(before, before, put, (error, changed) => {
    revision.current = newerRevision(error) ?? revision.current;
    if (error.code !== "activity.awaited" || !rights.includes("operate")) return false;
    setCancelling({ changed });
    return true;
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void form.save();
  };
  return (
    <form className={`sw-card ${styles["card"]}`} onSubmit={submit} noValidate>
      {!record.may_change && (
        <Text c="dimmed" mb="md">
          {texts.mayNotChange}
        </Text>
      )}
      <Wrong text={form.wrong.all} />
      <fieldset disabled={!record.may_change}>
        <ActivityFields filled={form.filled} wrong={form.wrong} onChange={form.change} />
      </fieldset>
      <div className={styles["foot"]}>
        {record.may_change && (
          <Button type="submit" disabled={form.isBusy}>
            {save}
          </Button>
        )}
        {record.may_change && !isFinished(record) && (
          <Button
            variant="default"
            disabled={form.isBusy}
            onClick={() => void form.save({ status: "completed" })}
          >
            {texts.complete}
          </Button>
        )}
        {record.may_delete && <Remove record={record} path={path} />}
      </div>
      {cancelling && (
        <Ask
          title={texts.cancelTitle}
          lead={texts.cancelLead}
          submit={texts.cancelBoth}
          isDanger
          onSubmit={async () => {
            await put(cancelling.changed, { cancel_step: true });
            await touchActivities(client);
          }}
          onClose={() => setCancelling(null)}
        />
      )}
    </form>
  );
}

export function Wrong({ text }: { text: string | undefined }): ReactElement | null {
  if (!text) return null;
  return (
    <Alert color="red" role="alert" mb="md">
      <Text c="var(--sw-text)">{text}</Text>
    </Alert>
  );
}

function Remove({ record, path }: { record: Kept; path: string }): ReactElement {
  const { activities: texts } = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const remove = async (): Promise<void> => {
    await send("POST", `${path}/delete`);
    tell(texts.removed(record.title));
    await navigate({ to: "/activities" });
    await client.invalidateQueries({ queryKey: ["activities"] });
  };
  return (
    <>
      <Button variant="subtle" onClick={() => setAsks(true)}>
        {texts.remove}
      </Button>
      {asks && (
        <Ask
          title={texts.removeTitle(record.title)}
          lead={texts.removeLead}
          submit={texts.remove}
          isDanger
          onSubmit={remove}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}

/** Somebody saved meanwhile: the next save is meant over theirs. */
function newerRevision(error: Refused): number | undefined {
  const theirs = error.facts["theirs"] as { revision?: unknown } | undefined;
  const found = error.facts["revision"] ?? theirs?.revision;
  return error.status === 409 && typeof found === "number" ? found : undefined;
}
