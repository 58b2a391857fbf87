import { Modal, Stack, Text, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { ReceiverField } from "@/components/ReceiverField";
import type { StepNamed } from "@/components/steps";
import { newKey, part, send } from "@/lib/api";
import { useOnce } from "@/lib/once";
import type { Receiver } from "@/lib/people";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { touchAll } from "@/lib/touch";

/** As the API takes it: somebody, or a role, and why. */
export interface HandedTo {
  assignee?: string;
  roles?: string[];
  comment: string;
}

interface Given {
  task: StepNamed;
  onClose: () => void;
  onDone: () => void;
}

/** Hand a step to somebody else, or to a role. */
export function Reassign({ task, onClose, onDone }: Given): ReactElement {
  const texts = useTexts();
  const [key] = useState(newKey);
  const hand = async (body: HandedTo, to: Receiver): Promise<void> => {
    await send("POST", `/user-tasks/${part(task.id)}/reassign`, body, { key });
    tell(texts.reassign.done(task.title, to.label));
    onDone();
  };
  return <ReassignDialog lead={task.title} onHand={hand} onClose={onClose} />;
}

interface DialogGiven {
  lead: string;
  onHand: (body: HandedTo, to: Receiver) => Promise<void>;
  onClose: () => void;
}

/** Asks whom something is handed to. */
export function ReassignDialog({ lead, onHand, onClose }: DialogGiven): ReactElement {
  const texts = useTexts();
  const client = useQueryClient();
  const [to, setTo] = useState<Receiver | null>(null);
  const [comment, setComment] = useState("");
  const [wrong, setWrong] = useState("");
  const { isBusy, submitOnce } = useOnce();

  const submit = async (): Promise<void> => {
    if (!to) {
      setWrong(texts.reassign.missing);
      return;
    }
    const whom = to.kind === "person" ? { assignee: to.name } : { roles: [to.name] };
    try {
      await onHand({ ...whom, comment }, to);
    } catch (error) {
      setWrong(says(error, texts));
    }
    await touchAll(client);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.reassign.title}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={submitOnce(submit)} noValidate>
        <Stack gap="md">
          <Text c="dimmed">{lead}</Text>
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
          <DialogEnd submit={texts.reassign.submit} isBusy={isBusy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
