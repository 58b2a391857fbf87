import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { type ReactElement, type SubmitEvent, useCallback, useEffect, useRef, useState } from "react";
import { Failed } from "@/components/Failed";
import type { Filling, Values } from "@/components/form/filling";
import { schemaOf } from "@/components/form/schema";
import { usePersonName } from "@/components/names";
import type { StepPage } from "@/lib/api";
import { buttonText } from "@/lib/buttons";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { asksForResult, isQuestion } from "./isQuestion";
import { Question } from "./Question";
import { useOver } from "./over";
import { useHint } from "./useHint";
import { usePress } from "./usePress";
import { type Elsewhere, useDraft, useElsewhere, useStep } from "./useStep";
import { Wrong } from "./Wrong";

interface Given {
  id: string;
  /** How the question is called, for who does not see it. */
  title: string;
  /** Whether the person has the step still. */
  isListed: boolean;
  onOver: () => void;
}

/** The answers of a question where its step is listed; what is more than a question is answered on its page. */
export function AnswerHere({ id, title, isListed, onOver }: Given): ReactElement | null {
  const { name: me } = useMe();
  const found = useStep(id, "answer");
  const told = useElsewhere(id, me, "answer");
  const elsewhere = told?.by === me ? null : told; // what one did oneself leaves the list
  const isOver = !isListed && elsewhere === null;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  if (elsewhere) return <Over what={elsewhere} onClose={onOver} />;
  if (found.isPending)
    return (
      <Stack gap={10} py="xs">
        <Skeleton h={46} />
        <Skeleton h={46} />
      </Stack>
    );
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!isQuestion(found.data) || asksForResult(found.data) || found.data.may?.["complete"] === false)
    return null;
  return <Answers page={found.data} title={title} />;
}

function Answers({ page, title }: { page: StepPage; title: string }): ReactElement | null {
  const texts = useTexts();
  const filling = useRef<Filling>(null);
  const isFilled = useRef(false);
  const [isReady, setIsReady] = useState(false);
  const draft = useDraft(page, useMe().name);
  const over = useOver(page, filling, draft.restored ?? page.draft?.values ?? null);
  const press = usePress(page, { filling, draft, over });
  const { keep } = draft;
  const hint = useHint(page.hint);
  const change = useCallback(
    (values: Values) => {
      if (isFilled.current) keep(values);
      isFilled.current = true;
      setIsReady(true);
    },
    [keep],
  );
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    press.byEnter();
  };
  const [field] = schemaOf(page.schema).components;
  const save = page.buttons.find((button) => button.completes);
  if (!field || !save) return null;
  return (
    <form noValidate aria-label={title} onSubmit={submit}>
      {hint.text}
      <Wrong messages={press.wrong} />
      <Question
        field={field}
        values={{ ...page.values, ...page.draft?.values, ...draft.restored }}
        onChange={change}
        beginsHere={false}
        ref={filling}
      />
      <Group mt="md" gap="xs">
        <Button type="submit" disabled={press.isBusy || !isReady}>
          {buttonText(save, page.kind, texts)}
        </Button>
        {hint.sign}
      </Group>
    </form>
  );
}

/** Somebody was faster. What stands here does not change to another question under the hand of the person. */
function Over({ what, onClose }: { what: Elsewhere; onClose: () => void }): ReactElement {
  const { close, step } = useTexts();
  const by = usePersonName(what.by);
  const words = step.elsewhere[what.kind](
    by || (what.kind === "taken" ? step.elsewhere.somebody : step.elsewhere.system),
  );
  return (
    <Stack gap="xs" py="xs" align="flex-start">
      <Text role="status">{words}</Text>
      <Button variant="default" onClick={onClose}>
        {close}
      </Button>
    </Stack>
  );
}
