import { Button, Checkbox, Menu, NativeSelect } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Empty } from "@/components/Empty";
import { Icon } from "@/components/icons";
import { PageHead } from "@/components/PageHead";
import type { Column } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import { listingOf } from "@/components/table/listing";
import type { LoggedInstance } from "@/lib/api";
import { type LogSearch, STATUSES } from "@/lib/log";
import { useMe } from "@/lib/session";
import { type Texts, useTexts } from "@/lib/texts";
import styles from "./Log.module.css";
import { RetryStuck } from "./RetryAll";
import { Starter } from "./Starter";
import { Status } from "./Status";
import { useLog, useProcessNames } from "./useLog";
import { When } from "@/components/When";
import { WordsField } from "@/components/WordsField";

/** The process log: every run that the person may see (O1). */
export function LogPage(): ReactElement {
  const { log } = useTexts();
  const asked = useSearch({ from: "/log", select: askedOf });
  const { found, isLooking } = useLog(asked, useMe().name);
  const listing = listingOf(found);
  const isNarrowed = Object.keys(asked).length > 0;
  return (
    <div className={styles["page"]}>
      <PageHead title={log.title} actions={<Repair asked={asked} />} tools={<Tools asked={asked} />} />
      <DataTable
        label={log.title}
        columns={columnsOf(log)}
        listing={{ ...listing, isPending: listing.isPending || isLooking }}
        keyOf={(row) => row.id}
        empty={isNarrowed ? <NothingFound /> : <Nothing />}
      />
    </div>
  );
}

/** Without the step that is open on top of the page. */
function askedOf({ q, status, process, mine }: LogSearch): LogSearch {
  return { ...(q && { q }), ...(status && { status }), ...(process && { process }), ...(mine && { mine }) };
}

function Nothing(): ReactElement {
  const { log } = useTexts();
  return (
    <Empty title={log.empty} sign="log">
      {log.emptyHint}
    </Empty>
  );
}

function NothingFound(): ReactElement {
  const { log } = useTexts();
  const narrow = useNarrowing();
  return (
    <Empty title={log.nothingFound} sign="search">
      <Button variant="subtle" onClick={() => narrow({ q: "", status: "", process: "", mine: "" })}>
        {log.showAll}
      </Button>
    </Empty>
  );
}

/** For operators who look at what is stuck: all of it, or that of a process; not what was searched for. */
function Repair({ asked }: { asked: LogSearch }): ReactElement | null {
  const isOperator = useMe().rights.includes("operate");
  const names = useProcessNames();
  const { process = "", status, q, mine } = asked;
  if (!isOperator || status !== "incident" || q || mine) return null;
  const name = names.find((one) => one.value === process)?.label ?? process;
  return <RetryStuck process={process} name={name} />;
}

type Narrowed = Partial<Record<keyof LogSearch, string>>;

/** Puts what is asked for into the address; empty takes it out. */
function useNarrowing(): (change: Narrowed) => void {
  const navigate = useNavigate({ from: "/log" });
  return (change) =>
    void navigate({
      search: ((before: LogSearch) => {
        const entries = Object.entries({ ...before, ...change }).filter(([, value]) => value !== "");
        return Object.fromEntries(entries);
      }) as never,
      replace: true,
    });
}

function Tools({ asked }: { asked: LogSearch }): ReactElement {
  const { log } = useTexts();
  const narrow = useNarrowing();
  const processes = useProcessNames();
  return (
    <>
      <WordsField
        className={styles["search"]}
        label={log.search}
        value={asked.q ?? ""}
        onChange={(q) => narrow({ q })}
      />
      <NativeSelect
        aria-label={log.status}
        value={asked.status ?? ""}
        data={[
          { value: "", label: log.anyStatus },
          ...STATUSES.map((status) => ({ value: status, label: log.statuses[status] })),
        ]}
        onChange={(event) => narrow({ status: event.currentTarget.value })}
      />
      <NativeSelect
        className={styles["choice"] ?? ""}
        aria-label={log.process}
        value={asked.process ?? ""}
        data={[{ value: "", label: log.anyProcess }, ...processes]}
        onChange={(event) => narrow({ process: event.currentTarget.value })}
      />
      <Checkbox
        label={log.mine}
        checked={asked.mine === "yes"}
        onChange={(event) => narrow({ mine: event.currentTarget.checked ? "yes" : "" })}
      />
    </>
  );
}

function columnsOf(log: Texts["log"]): Column<LoggedInstance>[] {
  const { columns } = log;
  return [
    {
      name: "caption",
      label: columns.caption,
      isMain: true,
      show: (row) => (
        <>
          <Link to="/log/$id" params={{ id: row.id }}>
            {captionOf(row)}
          </Link>
          <Process row={row} />
        </>
      ),
    },
    { name: "status", label: columns.status, show: (row) => <Status of={row} /> },
    { name: "starter", label: columns.starter, show: (row) => <Starter name={row.starter} /> },
    { name: "started", label: columns.started, kind: "time", show: (row) => <Times row={row} /> },
    { name: "steps", label: columns.steps, kind: "number", show: (row) => row.open_tasks || "" },
    { name: "open", label: columns.open, kind: "tools", show: (row) => <Continue row={row} /> },
  ];
}

const captionOf = (row: LoggedInstance): string => row.caption || row.process_name || row.process_id;

/** Which process it is, unless it is called like it, and its version. */
function Process({ row }: { row: LoggedInstance }): ReactElement {
  const { log } = useTexts();
  const name = row.process_name || row.process_id;
  const version = log.page.version(row.version);
  return (
    <span className={styles["process"]}>{name === captionOf(row) ? version : `${name}, ${version}`}</span>
  );
}

/** When it began and, if it has, when it ended. */
function Times({ row }: { row: LoggedInstance }): ReactElement {
  return (
    <>
      <When at={row.started_at} />
      {row.ended_at && (
        <span className={styles["process"]}>
          {"– "}
          <When at={row.ended_at} />
        </span>
      )}
    </>
  );
}

/** Goes on with one's own open step of the row (S9). */
function Continue({ row }: { row: LoggedInstance }): ReactElement | null {
  const { log } = useTexts();
  const steps = row.my_tasks ?? [];
  const [first] = steps;
  if (!first) return null;
  if (steps.length === 1)
    return (
      <Button
        component={Link}
        to="."
        search={((before: object) => ({ ...before, step: first.id })) as never}
        variant="default"
        h={36}
        title={first.title}
        aria-label={log.continueStep(first.title)}
      >
        {log.continue}
      </Button>
    );
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          h={36}
          rightSection={<Icon sign="chevron" size={14} />}
          aria-label={log.continueSeveral(steps.length)}
        >
          {log.continue}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {steps.map((step) => (
          <Menu.Item
            key={step.id}
            component={Link}
            to="."
            search={((before: object) => ({ ...before, step: step.id })) as never}
          >
            {step.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
