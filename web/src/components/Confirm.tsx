import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";

interface Given {
  title: string;
  lead: string;
  action: string;
  onDo: () => Promise<void>;
  onClose: () => void;
  /** What else is to be said or filled in. */
  children?: ReactNode;
}

/** Asks before something that can not be taken back; what is refused stands here, in words. */
export function Confirm({ title, lead, action, onDo, onClose, children }: Given): ReactElement {
  const texts = useTexts();
  const [isBusy, setIsBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const go = async (): Promise<void> => {
    setIsBusy(true);
    try {
      await onDo();
      onClose();
    } catch (error) {
      setWrong(says(error, texts));
      setIsBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": texts.close }}>
      <Stack gap="md">
        <Text>{lead}</Text>
        {children}
        {wrong && (
          <Text role="alert" c="var(--sw-late)">
            {wrong}
          </Text>
        )}
        <Group>
          <Button color="red" loading={isBusy} onClick={() => void go()}>
            {action}
          </Button>
          <Button variant="subtle" data-autofocus onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
