import { Alert, Button, Loader, Modal, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { Failed } from "@/components/Failed";
import type { Incident } from "@/lib/api";
import { everything } from "@/lib/everything";
import { touch } from "@/lib/live/again";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "./Log.module.css";
import { ReasonField } from "./ReasonField";
import { alike, retryAll, type Stuck } from "./retrying";

const MOST_LINES = 8;

interface Given {
  lead: string;
  read: () => Promise<readonly Stuck[]>;
}

/** Lets much that is stuck try again: first it says what that would be, and asks why. */
export function RetryAll({ lead, read }: Given): ReactElement {
  const { log } = useTexts();
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setIsAsked(true)}>
        {log.incident.retryAll}
      </Button>
      {isAsked && <Question lead={lead} read={read} onClose={() => setIsAsked(false)} />}
    </>
  );
}

/** All that is stuck, or what is stuck of one process. */
export function RetryStuck({ process, name }: { process: string; name: string }): ReactElement {
  const { log } = useTexts();
  return (
    <RetryAll
      lead={name ? log.incident.retryOf(name) : log.incident.retryEvery}
      read={() => everything<Incident>("/incidents", process ? { process_id: process } : {})}
    />
  );
}

/** What is tried is what was shown, also when more is stuck by then. */
function Question({ lead, read, onClose }: Given & { onClose: () => void }): ReactElement {
  const texts = useTexts();
  const found = useQuery({ queryKey: ["to-retry"], queryFn: read, gcTime: 0, staleTime: Infinity });
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.log.incident.retryAll}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Stack gap="md">
        <Text>{lead}</Text>
        {found.isPending && <Loader size="sm" aria-label={texts.loading} />}
        {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && <Retry all={found.data} onClose={onClose} />}
      </Stack>
    </Modal>
  );
}

function Retry({ all, onClose }: { all: readonly Stuck[]; onClose: () => void }): ReactElement {
  const texts = useTexts();
  const { incident: words } = texts.log;
  const client = useQueryClient();
  const [left, setLeft] = useState(all);
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState("");
  const { isBusy, submitOnce } = useOnce();
  const go = async (): Promise<void> => {
    const done = await retryAll(left, reason.trim());
    void touch(client, ["log"], ["instance"]);
    if (done.lost) {
      setLeft(done.left);
      setWrong(`${says(done.lost, texts)} ${words.stopped(done.goOn, done.stuck, done.left.length)}`);
      return;
    }
    tell(words.retried(done.goOn, done.stuck), { isError: done.stuck > 0 });
    onClose();
  };
  return (
    <form onSubmit={submitOnce(go)}>
      <Stack gap="md">
        <WouldBeTried incidents={left} />
        <ReasonField value={reason} onChange={setReason} />
        {wrong && (
          <Alert color="red" role="alert">
            {wrong}
          </Alert>
        )}
        <DialogEnd
          submit={words.retry}
          isBusy={isBusy}
          onCancel={onClose}
          look={{ disabled: left.length === 0 }}
        />
      </Stack>
    </form>
  );
}

function WouldBeTried({ incidents }: { incidents: readonly Stuck[] }): ReactElement {
  const { incident: words } = useTexts().log;
  const lines = alike(incidents);
  const others = lines.slice(MOST_LINES).reduce((sum, { count }) => sum + count, 0);
  return (
    <div>
      <b>{words.wouldBeTried(incidents.length)}</b>
      <ul className={styles["alike"]}>
        {lines.slice(0, MOST_LINES).map(({ name, message, count }) => (
          <li key={`${name} ${message}`}>
            {`${count} × ${name}: `}
            <span className="sw-quiet">{message}</span>
          </li>
        ))}
        {others > 0 && <li>{words.andOthers(others)}</li>}
      </ul>
    </div>
  );
}
