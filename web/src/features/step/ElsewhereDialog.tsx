import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, useRef, useState } from "react";
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

/** Somebody was faster: who, and what one had filled in. That stays until the person says that it may go. */
export function ElsewhereDialog({ page, what, values, onClose }: Given): ReactElement {
  const texts = useTexts();
  const elsewhere = texts.step.elsewhere;
  const by = usePersonName(what.by);
  const [copied, setCopied] = useState<"no" | "yes" | "by hand">("no");
  const shown = useRef<HTMLElement>(null);
  const [input] = useState(() => inputText(values(), labelsOf(schemaOf(page.schema).components)));
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(input);
      setCopied("yes");
    } catch {
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
      setCopied("by hand");
    }
  };
  const isKept = input !== "" && copied !== "yes";
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={!isKept}
      closeOnEscape={!isKept}
      closeOnClickOutside={!isKept}
      title={elsewhere[what.kind](by || (what.kind === "taken" ? elsewhere.somebody : elsewhere.system))}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Stack gap="md">
        <Text>{input ? elsewhere.lead : elsewhere.nothing}</Text>
        {input && (
          <Code block tabIndex={0} ref={shown}>
            {input}
          </Code>
        )}
        {copied === "by hand" && <Text role="alert">{elsewhere.byHand}</Text>}
        <Group>
          {input && (
            <Button onClick={() => void copy()}>
              {copied === "yes" ? elsewhere.copied : elsewhere.copy}
            </Button>
          )}
          <Button variant={input ? "subtle" : "filled"} onClick={onClose}>
            {isKept ? elsewhere.discard : texts.close}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
