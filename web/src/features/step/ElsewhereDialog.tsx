import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactElement, type RefObject, useRef, useState } from "react";
import type { Values } from "@/components/form/filling";
import { fieldsOf, schemaOf } from "@/components/form/schema";
import { usePersonName } from "@/components/names";
import type { StepPage } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { fullText } from "@/lib/time/due";
import { linesOf } from "./inputText";
import type { Over } from "./over";
import { useInputText } from "./useInputText";
import type { Elsewhere } from "./useStep";

interface Given {
  page: StepPage;
  what: Elsewhere;
  /** What the page is filled in over, and with. */
  over: Over;
  values: RefObject<Values>;
  onClose: () => void;
}

/** Somebody was faster: who, and what one had filled in. That stays until the person says that it may go. */
export function ElsewhereDialog({ page, what, over, values, onClose }: Given): ReactElement {
  const texts = useTexts();
  const elsewhere = texts.step.elsewhere;
  const words = useWords(what);
  const [copied, setCopied] = useState<"no" | "yes" | "by hand">("no");
  const shown = useRef<HTMLElement>(null);
  const [lines] = useState(() =>
    linesOf(over.changed(values.current), fieldsOf(schemaOf(page.schema).components)),
  );
  const input = useInputText(lines);
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
      title={words.title}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Stack gap="md">
        {words.when && <Text>{words.when}</Text>}
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

/** Who did what, and when. */
function useWords({ kind, by: name, at }: Elsewhere): { title: string; when: string } {
  const { step, stepMore } = useTexts();
  const me = useMe();
  const locale = useLocale();
  const found = usePersonName(name);
  const by = found || (kind === "taken" ? step.elsewhere.somebody : step.elsewhere.system);
  const isOwn = name === me.name && kind !== "over";
  const told = kind === "done" ? stepMore.wasDone : stepMore.wasEnded;
  return {
    title: isOwn ? stepMore.byYou[kind] : step.elsewhere[kind](by),
    when: at && !isOwn ? told(by, fullText(at, me.time_zone, locale)) : "",
  };
}
