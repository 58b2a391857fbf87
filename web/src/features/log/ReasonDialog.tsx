import { Alert, Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import styles from "./Log.module.css";
import { ReasonField } from "./ReasonField";

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
  const { isBusy, submitOnce } = useOnce();
  const press = async (): Promise<void> => {
    try {
      await onSubmit(reason.trim());
      onClose();
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": texts.close }}>
      <form onSubmit={submitOnce(press)}>
        <Stack gap="md">
          <Text>{lead}</Text>
          <ReasonField value={reason} onChange={setReason} />
          {wrong && (
            <Alert color="red" role="alert">
              {wrong}
            </Alert>
          )}
          <DialogEnd
            submit={submit}
            isBusy={isBusy}
            onCancel={onClose}
            cancel={texts.log.cancel.keep}
            look={{ className: styles["grave"] ?? "" }}
          />
        </Stack>
      </form>
    </Modal>
  );
}
