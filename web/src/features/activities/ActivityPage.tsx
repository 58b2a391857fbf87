import { Alert, Button, Skeleton, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactElement, type SubmitEvent, useState } from "react";
import { Ask } from "@/components/Ask";
import { Attachments } from "@/components/beside/Attachments";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { PageHead } from "@/components/PageHead";
import { ConflictDialog } from "@/components/record/ConflictDialog";
import { type Opening, part, type Record as Kept, Refused, send } from "@/lib/api";
import { refusesHalf } from "@/lib/halfTyped";
import { useOpening } from "@/lib/opening";
import { ACTIVITY } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { ActivityFields } from "./ActivityFields";
import { isFinished, numberOf, textOf, useActivity } from "./data";
import { type Changing, useChanging } from "./useChanging";
import styles from "./Activities.module.css";

/** An activity itself. Where a step waits for it, what is changed here changes the step, too (K1, S7). */
export function ActivityPage(): ReactElement {
  const { id = "" } = useParams({ strict: false });
  const found = useActivity(id);
  if (found.error instanceof Refused && [403, 404].includes(found.error.status)) return <Gone />;
  if (found.error && !found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={320} maw={860} mx="auto" />;
  return <Sheet key={id} opening={found.data} />;
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

function Form({ record }: { record: Kept }): ReactElement {
  const { activities: texts, save } = useTexts();
  const changing = useChanging(record);
  const { form } = changing;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!refusesHalf(event.currentTarget)) void form.save();
  };
  return (
    <>
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
              onClick={({ currentTarget }) => {
                if (!refusesHalf(currentTarget.form)) void form.save({ status: "completed" });
              }}
            >
              {texts.complete}
            </Button>
          )}
          {record.may_delete && <Remove record={record} />}
        </div>
      </form>
      <Questions changing={changing} />
    </>
  );
}

/** What has to be decided before it can be saved. */
function Questions({ changing }: { changing: Changing }): ReactElement {
  const { activities: texts } = useTexts();
  const { conflict } = changing;
  return (
    <>
      {conflict && (
        <ConflictDialog
          type={ACTIVITY}
          before={changing.before}
          mine={conflict.changed}
          conflict={conflict.found}
          isBusy={changing.form.isBusy}
          onSave={changing.settle}
          onClose={changing.closeConflict}
        />
      )}
      {changing.isCancelling && (
        <Ask
          title={texts.cancelTitle}
          lead={texts.cancelLead}
          submit={texts.cancelBoth}
          isDanger
          onSubmit={changing.cancelBoth}
          onClose={changing.closeCancelling}
        />
      )}
    </>
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

function Remove({ record }: { record: Kept }): ReactElement {
  const { activities: texts } = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const remove = async (): Promise<void> => {
    await send("POST", `/records/activity/${part(numberOf(record.id))}/delete`);
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
