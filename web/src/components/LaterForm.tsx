import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { usePersonName } from "@/components/names";
import { ReceiverField } from "@/components/ReceiverField";
import { DateInput } from "@/components/record/DateInput";
import type { StepNamed } from "@/components/steps";
import { newKey, part, Refused, send } from "@/lib/api";
import { done } from "@/lib/doings";
import { DURATIONS, lengthText, type Plan, planOf, REMINDERS } from "@/lib/later";
import { useOnce } from "@/lib/once";
import type { Receiver } from "@/lib/people";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { type Texts, useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { atHour, fromInput, toInput } from "@/lib/time/zones";
import { touchAll } from "@/lib/touch";

interface Given {
  task: StepNamed;
  onCancel: () => void;
  onDone: () => void | Promise<void>;
  /** For many steps at once, which keep their subjects; else the step itself is put off. */
  onPostpone?: (body: Record<string, unknown>) => Promise<void>;
  /** Whether it is offered to several, of whom nobody has it. */
  isOffered?: boolean;
}

const HOUR = 3_600_000;

/** When a step is done instead of now (S4), all six fields. */
export function LaterForm(given: Given): ReactElement {
  const { task, onCancel, onDone, onPostpone, isOffered = task.assignee === "" } = given;
  const texts = useTexts();
  const { time_zone: zone } = useMe();
  const client = useQueryClient();
  const [plan, setPlan] = useState<Plan>(() => ({
    start: toInput(atHour(new Date(), 1, 9, zone), zone),
    duration: 30,
    reminder: 10,
    inCalendar: true,
    subject: task.title,
  }));
  const [shortcuts, setShortcuts] = useState(0);
  const [owner, setOwner] = useState<Receiver | null>(null);
  const [wrong, setWrong] = useState<{ start?: string; owner?: string; all?: string }>({});
  const [key] = useState(newKey);
  const { isBusy, submitOnce } = useOnce();
  const change = (part: Partial<Plan>): void => setPlan({ ...plan, ...part });

  const submit = async (): Promise<void> => {
    const start = fromInput(plan.start, zone);
    if (!start || start <= new Date()) {
      setWrong({ start: start ? texts.later.startPast : texts.later.startMissing });
      return;
    }
    try {
      const body = planOf(plan, start, owner?.name ?? "", task.title);
      if (onPostpone) await onPostpone(body);
      else {
        await send("POST", `/user-tasks/${part(task.id)}/postpone`, body, { key });
        tell(texts.later.rescheduled(task.title));
      }
      done("postponed");
      await onDone();
    } catch (error) {
      setWrong(wrongOf(error, texts));
    }
    await touchAll(client);
  };

  return (
    <form onSubmit={submitOnce(submit)} noValidate aria-label={texts.later.title}>
      <Stack gap="md">
        <Stack gap="md" inert={isBusy} aria-busy={isBusy}>
          <DateInput
            key={shortcuts}
            label={texts.later.start}
            type="datetime-local"
            required
            value={plan.start}
            error={wrong.start}
            onChange={(start) => change({ start })}
          />
          <Shortcuts
            zone={zone}
            onChoose={(start) => {
              change({ start });
              setShortcuts(shortcuts + 1); // so that nothing half typed is left
            }}
          />
          <Lengths plan={plan} onChange={change} />
          <Owner
            given={{ value: owner, onChange: setOwner, error: wrong.owner }}
            assignee={task.assignee}
            hint={isOffered && (onPostpone ? texts.later.offeredMany : texts.later.offered)}
          />
          {!onPostpone && (
            <TextInput
              label={texts.later.subject}
              value={plan.subject}
              maxLength={500}
              onChange={(event) => change({ subject: event.currentTarget.value })}
            />
          )}
          <Checkbox
            label={texts.later.calendar}
            checked={plan.inCalendar}
            onChange={(event) => change({ inCalendar: event.currentTarget.checked })}
          />
        </Stack>
        {wrong.all && (
          <div role="alert" style={{ color: "var(--sw-late)" }}>
            {wrong.all}
          </div>
        )}
        <DialogEnd
          submit={texts.later.reschedule}
          isBusy={isBusy}
          onCancel={onCancel}
          look={{ "data-tour": "reschedule" }}
        />
      </Stack>
    </form>
  );
}

interface OwnerGiven {
  given: { value: Receiver | null; onChange: (owner: Receiver | null) => void; error: string | undefined };
  assignee: string;
  /** What it means as long as nobody is named. */
  hint: string | false;
}

function Owner({ given, assignee, hint }: OwnerGiven): ReactElement {
  const { later } = useTexts();
  const called = usePersonName(assignee);
  return (
    <>
      <ReceiverField label={later.owner} placeholder={called || later.unchanged} {...given} />
      {hint && !given.value && (
        <Text size="sm" c="dimmed" mt={-8}>
          {hint}
        </Text>
      )}
    </>
  );
}

function Shortcuts({ zone, onChoose }: { zone: string; onChoose: (start: string) => void }): ReactElement {
  const { later } = useTexts();
  const choices = [
    [later.inAnHour, () => new Date(Date.now() + HOUR)],
    [later.tomorrow, () => atHour(new Date(), 1, 9, zone)],
    [later.nextWeek, () => atHour(new Date(), 7, 9, zone)],
  ] as const;
  return (
    <Group gap={6} mt={-8}>
      {choices.map(([label, at]) => (
        <Button key={label} variant="default" size="compact-sm" onClick={() => onChoose(toInput(at(), zone))}>
          {label}
        </Button>
      ))}
    </Group>
  );
}

function Lengths({ plan, onChange }: { plan: Plan; onChange: (part: Partial<Plan>) => void }): ReactElement {
  const { later } = useTexts();
  const durations = DURATIONS.map((minutes) => ({
    value: String(minutes),
    label: lengthText(minutes, later),
  }));
  const reminders = REMINDERS.map((minutes) => ({
    value: String(minutes),
    label:
      minutes < 0 ? later.none : minutes === 0 ? later.atStart : later.before(lengthText(minutes, later)),
  }));
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      <NativeSelect
        label={later.duration}
        data={durations}
        value={String(plan.duration)}
        onChange={(event) => onChange({ duration: Number(event.currentTarget.value) })}
      />
      <NativeSelect
        label={later.reminder}
        data={reminders}
        value={String(plan.reminder)}
        onChange={(event) => onChange({ reminder: Number(event.currentTarget.value) })}
      />
    </SimpleGrid>
  );
}

function wrongOf(error: unknown, texts: Texts): { start?: string; owner?: string; all?: string } {
  const problems = error instanceof Refused ? error.problems : [];
  const start = problems.find((one) => one.field === "start_at" || one.field === "remind_at")?.message;
  const owner = problems.find((one) => one.field === "assignee")?.message;
  if (start === undefined && owner === undefined) return { all: says(error, texts) };
  return { ...(start === undefined ? {} : { start }), ...(owner === undefined ? {} : { owner }) };
}
