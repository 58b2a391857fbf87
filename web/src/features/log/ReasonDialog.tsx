import { Alert, Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type ReactElement, type SubmitEvent, useState } from "react";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import styles from "./Log.module.css";

interface Given {
  title: string;
  lead: string;
  submit: string;
  /** Raises what the server refused. */
  onSubmit: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Asks before something that can not be undone, and why it is done. */
export function ReasonDialog({ title, lead, submit, onSubmit, onClose }: Given): ReactElement {
  const texts = useTexts();
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const press = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setIsBusy(true);
    try {
      await onSubmit(reason.trim());
      onClose();
    } catch (error) {
      setWrong(says(error, texts));
      setIsBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": texts.close }}>
      <form onSubmit={(event) => void press(event)}>
        <Stack gap="md">
          <Text>{lead}</Text>
          <Textarea
            data-autofocus
            label={texts.log.cancel.reason}
            description={texts.log.cancel.reasonHint}
            value={reason}
            maxLength={1000}
            autosize
            minRows={2}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {wrong && (
            <Alert color="red" role="alert">
              {wrong}
            </Alert>
          )}
          <Group>
            <Button type="submit" loading={isBusy} className={styles["grave"] ?? ""}>
              {submit}
            </Button>
            <Button variant="subtle" onClick={onClose}>
              {texts.log.cancel.keep}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
