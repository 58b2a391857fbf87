import { Alert, Button, Group, Loader, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { Failed } from "@/components/Failed";
import type { Filling, Values } from "@/components/form/filling";
import { schemaOf } from "@/components/form/schema";
import { isFilled } from "@/components/form/untouched";
import { newKey, type Process, type Progress, Refused, send, type StartForm } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { done } from "@/lib/doings";
import { AWAITED, type Ran, runInFront } from "@/lib/opening";
import { useStartForm } from "@/lib/definitions";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { type Texts, useLocale, useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { touchAll } from "@/lib/touch";

const FormView = deferred(() => import("@/components/form/FormView").then((found) => found.FormView));

interface Given {
  process: Process;
  /** Values that are known already. */
  given: Values;
  onBack: () => void;
  onStarted: () => void;
}

/** What a process is given at its start. */
export function StartPage({ process, given, onBack, onStarted }: Given): ReactElement {
  const found = useStartForm(process);
  if (found.isPending) return <Loader size="sm" />;
  if (!found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const form = { ...found.data, values: { ...found.data.values, ...given } };
  return <Filled form={form} onBack={onBack} onStarted={onStarted} />;
}

interface FilledGiven {
  form: StartForm;
  onBack: () => void;
  onStarted: () => void;
}

function Filled({ form, onBack, onStarted }: FilledGiven): ReactElement {
  const texts = useTexts();
  const language = useLocale();
  const filling = useRef<Filling>(null);
  const [isDrawn, setIsDrawn] = useState(form.page === null);
  const { start, isBusy, wrong } = useStart(form, filling, onStarted);
  const asks = asksForMore(form);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isDrawn && !asks) button.current?.focus();
  }, [isDrawn, asks]);
  return (
    <div>
      {form.description && (
        <Text c="dimmed" mb="md">
          {form.description}
        </Text>
      )}
      {wrong && (
        <Alert color="red" role="alert" mb="md">
          {wrong}
        </Alert>
      )}
      {form.page && (
        <FormView
          waiting={<Loader size="sm" />}
          ref={filling}
          schema={schemaOf(form.page)}
          values={form.values}
          language={language}
          beginsHere={asks}
          onChange={() => setIsDrawn(true)}
        />
      )}
      {(form.left_out ?? []).length > 0 && (
        <Text c="dimmed" size="sm" mt="sm">
          {texts.run.leftOut((form.left_out ?? []).join(", "))}
        </Text>
      )}
      <Group mt="lg">
        <Button
          data-tour="start"
          data-process={form.process_id}
          data-autofocus={asks ? undefined : ""}
          ref={button}
          disabled={isBusy || !isDrawn}
          onClick={() => void start()}
        >
          {texts.run.start}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {texts.run.back}
        </Button>
      </Group>
    </div>
  );
}

/** Whether something is left to be filled in; otherwise Enter starts. */
function asksForMore({ page, values }: StartForm): boolean {
  return page !== null && schemaOf(page).components.some((one) => one.key && !isFilled(values[one.key]));
}

function useStart(form: StartForm, filling: React.RefObject<Filling | null>, onStarted: () => void) {
  const texts = useTexts();
  const client = useQueryClient();
  const { isBusy, once } = useOnce();
  const [wrong, setWrong] = useState("");
  const [key] = useState(newKey);
  const start = async (): Promise<void> => {
    const values = form.page ? filling.current?.collect() : {};
    if (!values) return;
    setWrong("");
    let isLeft = false;
    const onLeave = (): void => {
      isLeft = true;
      onStarted();
    };
    try {
      const what = { title: form.name, instanceId: null, onLeave };
      const ran = await runInFront(what, () => begin(form, values, key));
      done("started");
      if (!ran.isLeft) {
        tellOf(ran, form.name, texts);
        onStarted();
      }
      void touchAll(client);
      void client.invalidateQueries({ queryKey: ["processes"] });
    } catch (error) {
      if (isLeft) tell(`${form.name}: ${says(error, texts)}`, { isError: true });
      else setWrong(leftOf(error, filling.current, texts));
    }
  };
  return { start: () => once(start), isBusy, wrong };
}

function begin(form: StartForm, values: Values, key: string): Promise<Progress> {
  const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "";
  const emptied = (name: string): boolean => !isEmpty(form.values[name]);
  const given = Object.entries(values).flatMap(([name, value]) => {
    if (!isEmpty(value)) return [[name, value]];
    return emptied(name) ? [[name, null]] : []; // without a word the server would take its default again
  });
  const body = {
    process_id: form.process_id,
    version: form.version,
    variables: Object.fromEntries(given),
    ...AWAITED,
  };
  return send<Progress>("POST", "/instances", body, { key });
}

function tellOf({ progress }: Ran, name: string, texts: Texts): void {
  if (progress.state === "incident" || (progress.next ?? []).length > 0) return;
  const link = { to: `/log/${progress.id}`, text: texts.run.show };
  tell(progress.state === "ended" ? texts.run.ran(name) : texts.run.started(name), { link });
}

function leftOf(error: unknown, filling: Filling | null, texts: Texts): string {
  if (!(error instanceof Refused) || error.problems.length === 0) return says(error, texts);
  const problems = error.problems.map((one) => ({
    ...one,
    field: (one.field ?? "").replace(/^variables\./, ""),
  }));
  const left = filling?.mark(problems) ?? problems;
  return left.map((one) => one.message).join(" ");
}
