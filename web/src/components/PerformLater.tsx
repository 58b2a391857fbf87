import { Modal, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { LaterForm } from "@/components/LaterForm";
import type { StepNamed } from "@/components/steps";
import { useTexts } from "@/lib/texts";

interface Given {
  task: StepNamed;
  onClose: () => void;
  onDone: () => void;
}

/** Perform later, from the panel. */
export function PerformLater({ task, onClose, onDone }: Given): ReactElement {
  const texts = useTexts();
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.later.title}
      closeButtonProps={{ "aria-label": texts.close }}
      size={560}
    >
      <Text c="dimmed" mb="md">
        {task.title}
      </Text>
      <LaterForm task={task} onCancel={onClose} onDone={onDone} />
    </Modal>
  );
}
