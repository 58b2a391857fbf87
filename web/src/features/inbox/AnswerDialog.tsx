import { Alert, Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useRef, useState } from "react";
import { Failed } from "@/components/Failed";
import type { Filling } from "@/components/form/filling";
import { FormView } from "@/components/form/FormView";
import { schemaOf } from "@/components/form/schema";
import { type ButtonShown, type InboxTask, part, send, type StepPage } from "@/lib/api";
import { buttonText } from "@/lib/buttons";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useLocale, useTexts } from "@/lib/texts";

interface Given {
  tasks: readonly InboxTask[];
  onAnswer: (body: object) => Promise<void>;
  onClose: () => void;
}

/** The page of the first of them; what is filled in there is the answer to all. */
export function AnswerDialog({ tasks, onAnswer, onClose }: Given): ReactElement {
  const { panel, close } = useTexts();
  const id = tasks[0]?.id ?? "";
  const found = useQuery({
    queryKey: ["answer-page", id],
    queryFn: () => send<StepPage>("POST", `/user-tasks/${part(id)}/open`),
    gcTime: 0,
    staleTime: Infinity,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={panel.answerTitle(tasks.length)}
      closeButtonProps={{ "aria-label": close }}
      size={640}
    >
      {found.isPending && <Skeleton h={120} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Answer page={found.data} onAnswer={onAnswer} onClose={onClose} />}
    </Modal>
  );
}

interface AnswerGiven {
  page: StepPage;
  onAnswer: (body: object) => Promise<void>;
  onClose: () => void;
}

function Answer({ page, onAnswer, onClose }: AnswerGiven): ReactElement {
  const texts = useTexts();
  const language = useLocale();
  const filling = useRef<Filling>(null);
  const [wrong, setWrong] = useState("");
  const { isBusy, once } = useOnce();
  const schema = schemaOf(page.schema);
  const isEmpty = schema.components.length === 0;
  const press = async (button: ButtonShown): Promise<void> => {
    const values = isEmpty ? {} : button.validates ? filling.current?.collect() : filling.current?.values();
    if (!values) return;
    try {
      await onAnswer({ values, button: button.code });
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <Stack gap="md">
      <Text fw={650}>{page.title}</Text>
      {wrong && (
        <Alert color="red" role="alert">
          {wrong}
        </Alert>
      )}
      {isEmpty ? (
        <Text c="dimmed">{texts.step.nothingToFill}</Text>
      ) : (
        <FormView schema={schema} values={page.values} language={language} ref={filling} />
      )}
      <Group>
        {page.buttons
          .filter((button) => button.completes)
          .map((button, index) => (
            <Button
              key={button.code}
              variant={index === 0 ? "filled" : "default"}
              disabled={isBusy}
              onClick={() => void once(() => press(button))}
            >
              {buttonText(button, page.kind, texts)}
            </Button>
          ))}
        <Button variant="subtle" onClick={onClose}>
          {texts.cancel}
        </Button>
      </Group>
    </Stack>
  );
}
