import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useState } from "react";
import { ReceiverField } from "@/components/ReceiverField";
import type { StepNamed } from "@/components/steps";
import { newKey, part, send } from "@/lib/api";
import { touchInbox } from "@/lib/inbox";
import type { Receiver } from "@/lib/people";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";

interface Given {
  task: StepNamed;
  onClose: () => void;
  onDone: () => void;
}

/** Hand a step to somebody else, or to a role. */
export function Reassign({ task, onClose, onDone }: Given): ReactElement {
  const texts = useTexts();
  const client = useQueryClient();
  const [to, setTo] = useState<Receiver | null>(null);
  const [comment, setComment] = useState("");
  const [wrong, setWrong] = useState("");
  const [key] = useState(newKey);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!to) {
      setWrong(texts.reassign.missing);
      return;
    }
    const whom = to.kind === "person" ? { assignee: to.name } : { roles: [to.name] };
    try {
      await send("POST", `/user-tasks/${part(task.id)}/reassign`, { ...whom, comment }, { key });
      tell(texts.reassign.done(task.title, to.label));
      onDone();
    } catch (error) {
      setWrong(says(error, texts));
    }
    await touchInbox(client);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.reassign.title}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <Text c="dimmed">{task.title}</Text>
          <ReceiverField
            label={texts.reassign.to}
            value={to}
            onChange={setTo}
            withRoles
            error={wrong || undefined}
          />
          <Textarea
            label={texts.reassign.comment}
            description={texts.reassign.commentHint}
            value={comment}
            maxLength={1000}
            autosize
            minRows={2}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit">{texts.reassign.submit}</Button>
            <Button variant="subtle" onClick={onClose}>
              {texts.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
