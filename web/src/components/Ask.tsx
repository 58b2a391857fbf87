import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";

interface Given {
  title: string;
  lead: string;
  submit: string;
  /** What cannot be undone is red. */
  isDanger?: boolean;
  onSubmit: () => Promise<void>;
  onClose: () => void;
}

/** A question before something is done; it closes when that has worked, and says why when it has not. */
export function Ask({ title, lead, submit, isDanger = false, onSubmit, onClose }: Given): ReactElement {
  const texts = useTexts();
  const { isBusy, once } = useOnce();
  const [wrong, setWrong] = useState("");
  const go = async (): Promise<void> => {
    try {
      await onSubmit();
      onClose();
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": texts.close }}>
      <Stack gap="md">
        <Text>{lead}</Text>
        {wrong && (
          <Text role="alert" c="var(--sw-late)">
            {wrong}
          </Text>
        )}
        <Group>
          <Button {...(isDanger ? { color: "red.8" } : {})} disabled={isBusy} onClick={() => void once(go)}>
            {submit}
          </Button>
          <Button variant="subtle" data-autofocus onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
