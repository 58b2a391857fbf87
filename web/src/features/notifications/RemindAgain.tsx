import { Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { DateInput } from "@/components/record/DateInput";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { atHour, fromInput, toInput } from "@/lib/time/zones";

interface Given {
  title: string;
  onClose: () => void;
  onChoose: (until: Date) => Promise<void>;
}

/** A time of one's own at which a notification comes back. */
export function RemindAgain({ title, onClose, onChoose }: Given): ReactElement {
  const texts = useTexts();
  const { notifications } = texts;
  const { time_zone: zone } = useMe();
  const [at, setAt] = useState(() => toInput(atHour(new Date(), 1, 9, zone), zone));
  const [wrong, setWrong] = useState("");
  const { isBusy, submitOnce } = useOnce();

  const submit = async (): Promise<void> => {
    const until = fromInput(at, zone);
    if (!until || until <= new Date()) {
      setWrong(until ? notifications.whenPast : notifications.whenMissing);
      return;
    }
    try {
      await onChoose(until);
      onClose();
    } catch (error) {
      setWrong(says(error, texts));
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={notifications.again}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={submitOnce(submit)} noValidate>
        <Stack gap="md">
          <Text c="dimmed">{title}</Text>
          <DateInput
            label={notifications.when}
            type="datetime-local"
            value={at}
            readOnly={isBusy}
            error={wrong}
            data-autofocus
            onChange={setAt}
          />
          <DialogEnd submit={notifications.remind} isBusy={isBusy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
