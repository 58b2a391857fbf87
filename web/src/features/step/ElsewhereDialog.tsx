import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { Values } from "@/components/form/filling";
import { labelsOf, schemaOf } from "@/components/form/schema";
import { usePersonName } from "@/components/names";
import type { StepPage } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { inputText } from "./inputText";
import type { Elsewhere } from "./useStep";

interface Given {
  page: StepPage;
  what: Elsewhere;
  values: () => Values;
  onClose: () => void;
}

/** Somebody was faster: who, and what one had filled in. */
export function ElsewhereDialog({ page, what, values, onClose }: Given): ReactElement {
  const texts = useTexts();
  const elsewhere = texts.step.elsewhere;
  const by = usePersonName(what.by);
  const [isCopied, setIsCopied] = useState(false);
  const [input] = useState(() => inputText(values(), labelsOf(schemaOf(page.schema).components)));
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(input).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={elsewhere[what.kind](by || (what.kind === "taken" ? elsewhere.somebody : elsewhere.system))}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Stack gap="md">
        <Text>{input ? elsewhere.lead : elsewhere.nothing}</Text>
        {input && (
          <Code block tabIndex={0}>
            {input}
          </Code>
        )}
        <Group>
          <Button onClick={onClose}>{texts.close}</Button>
          {input && (
            <Button variant="default" onClick={() => void copy()}>
              {isCopied ? elsewhere.copied : elsewhere.copy}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
