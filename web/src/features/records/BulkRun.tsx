import { Alert, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useRef, useState } from "react";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import type { Filling, Values } from "@/components/form/filling";
import { schemaOf } from "@/components/form/schema";
import { Icon } from "@/components/icons";
import { isRefusal, newKey, part, type Process, type Record as Kept } from "@/lib/api";
import { type RecordTypeView, type Report, send } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useStartForm } from "@/lib/definitions";
import { useProcessesOf } from "@/lib/recordTasks";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useLocale, useTexts } from "@/lib/texts";
import { touchAll } from "@/lib/touch";
import styles from "./records.module.css";

const FormView = deferred(() => import("@/components/form/FormView").then((found) => found.FormView));
const AT_ONCE = 200; // as many as the API takes

interface Given {
  type: RecordTypeView;
  records: readonly Kept[];
  onClose: () => void;
}

/** A process for each of the chosen records, and what became of each (R1). */
export function BulkRun({ type, records, onClose }: Given): ReactElement {
  const texts = useTexts();
  const [process, setProcess] = useState<Process | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const client = useQueryClient();
  return (
    <Modal
      opened
      onClose={onClose}
      title={process ? process.name : texts.records.runForTitle(records.length, type.plural)}
      size={620}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      {report ? (
        <Outcome report={report} records={records} onClose={onClose} />
      ) : process ? (
        <Start
          process={process}
          records={records}
          onBack={() => setProcess(null)}
          onDone={(found) => {
            setReport(found);
            void touchAll(client);
          }}
        />
      ) : (
        <Choice record={records[0]} onChoose={setProcess} />
      )}
    </Modal>
  );
}

interface ChoiceGiven {
  record: Kept | undefined;
  onChoose: (process: Process) => void;
}

/** What is offered on a record of this type is offered on all of them. */
function Choice({ record, onChoose }: ChoiceGiven): ReactElement {
  const texts = useTexts();
  const found = useProcessesOf(record?.id ?? "");
  if (found.isPending) return <Loader size="sm" aria-label={texts.loading} />;
  if (!found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data.length === 0)
    return (
      <Empty title={texts.record.noProcess} sign="run">
        {texts.record.noProcessHint}
      </Empty>
    );
  return (
    <Stack gap={4}>
      {found.data.map((process) => (
        <Button
          key={process.process_id}
          variant="default"
          justify="start"
          leftSection={<Icon sign="run" size={16} filled />}
          onClick={() => onChoose(process)}
        >
          {process.name}
        </Button>
      ))}
    </Stack>
  );
}

interface StartGiven {
  process: Process;
  records: readonly Kept[];
  onBack: () => void;
  onDone: (report: Report) => void;
}

function Start({ process, records, onBack, onDone }: StartGiven): ReactElement {
  const texts = useTexts();
  const language = useLocale();
  const filling = useRef<Filling>(null);
  const { isBusy, once } = useOnce();
  const [wrong, setWrong] = useState("");
  const [isDrawn, setIsDrawn] = useState(false);
  const [key] = useState(newKey);
  const form = useStartForm(process);
  if (form.isPending) return <Loader size="sm" aria-label={texts.loading} />;
  if (!form.data) return <Failed error={form.error} onRetry={() => void form.refetch()} />;
  const page = form.data.page && schemaOf(form.data.page);
  const asked = page?.components.filter((one) => one.key && one.key !== process.parameter) ?? [];
  const start = async (): Promise<void> => {
    const values = asked.length > 0 ? filling.current?.collect() : {};
    if (!values) return;
    try {
      onDone(await startEach(process, records, { values, key, wordsOf: (error) => says(error, texts) }));
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <Stack>
      {process.description && <Text c="dimmed">{process.description}</Text>}
      <Text>{texts.records.oneEach(records.length)}</Text>
      {wrong && (
        <Alert color="red" role="alert">
          {wrong}
        </Alert>
      )}
      {page && asked.length > 0 && (
        <FormView
          waiting={<Loader size="sm" />}
          ref={filling}
          schema={{ ...page, components: asked }}
          values={form.data.values}
          language={language}
          onChange={() => setIsDrawn(true)}
        />
      )}
      <Group>
        <Button
          data-autofocus
          loading={isBusy}
          disabled={asked.length > 0 && !isDrawn}
          onClick={() => void once(start)}
        >
          {texts.run.start}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {texts.run.back}
        </Button>
      </Group>
    </Stack>
  );
}

interface StartedWith {
  values: Values;
  key: string;
  wordsOf: (error: unknown) => string;
}

/** Should an answer get lost, this is done again with the same key: what began before does not begin twice. */
async function startEach(
  process: Process,
  records: readonly Kept[],
  { values, key, wordsOf }: StartedWith,
): Promise<Report> {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== "");
  const whole: Report = { items: [], done: 0, failed: 0 };
  for (let start = 0; start < records.length; start += AT_ONCE) {
    const body = {
      records: records.slice(start, start + AT_ONCE).map((one) => one.id),
      variables: Object.fromEntries(given),
    };
    const where = `/definitions/${part(process.definition_id)}/start-many`;
    let found: Report;
    try {
      found = await send<Report>("POST", where, body, { key: `${key}-${start}` });
    } catch (error) {
      if (whole.items.length === 0 || !isRefusal(error)) throw error;
      const message = wordsOf(error);
      const items = body.records.map((id) => ({ id, is_done: false, message }));
      found = { items, done: 0, failed: items.length };
    }
    whole.items.push(...found.items);
    whole.done += found.done;
    whole.failed += found.failed;
  }
  return whole;
}

interface OutcomeGiven {
  report: Report;
  records: readonly Kept[];
  onClose: () => void;
}

function Outcome({ report, records, onClose }: OutcomeGiven): ReactElement {
  const texts = useTexts();
  const titles = new Map(records.map((one) => [one.id, one.title]));
  const failedFirst = report.items.toSorted((one, other) => Number(one.is_done) - Number(other.is_done));
  return (
    <Stack>
      <Text fw={620} role="status">
        {texts.records.ran(report.done, report.failed)}
      </Text>
      <ul className={styles["report"]}>
        {failedFirst.map((row) => (
          <li key={row.id} data-wrong={!row.is_done || undefined}>
            <Icon sign={row.is_done ? "check" : "warning"} />
            <div>
              <p>{titles.get(row.id) || row.id}</p>
              {row.message && <p>{row.message}</p>}
            </div>
          </li>
        ))}
      </ul>
      <Group>
        <Button data-autofocus onClick={onClose}>
          {texts.close}
        </Button>
      </Group>
    </Stack>
  );
}
