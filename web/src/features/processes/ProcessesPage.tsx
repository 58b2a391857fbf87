import { Button, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Empty } from "@/components/Empty";
import { Icon } from "@/components/icons";
import { useRoleNames } from "@/components/names";
import { PageHead } from "@/components/PageHead";
import type { Column, Listing } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import { listingOf } from "@/components/table/listing";
import type { Definition, Process } from "@/lib/api";
import { askToRun } from "@/lib/opening";
import { useDefinitions, useRunnable } from "@/lib/definitions";
import { useMe } from "@/lib/session";
import { type Texts, useTexts } from "@/lib/texts";
import styles from "./Processes.module.css";
import { isMeant } from "./search";

/** The library: every process that the person may see (O5). */
export function ProcessesPage(): ReactElement {
  const { processes } = useTexts();
  const mayDesign = useMe().rights.includes("design");
  const [typed, setTyped] = useState("");
  const listing = listingOf(useDefinitions());
  const columns = useColumns();
  const shown: Listing<Definition> = {
    ...listing,
    rows: listing.rows.filter((one) => isMeant(one, typed)).toSorted(byName),
  };
  return (
    <div className={styles["page"]}>
      <PageHead
        title={processes.title}
        actions={
          mayDesign && (
            <Button component={Link} to="/deploy" leftSection={<Icon sign="upload" size={16} />}>
              {processes.upload}
            </Button>
          )
        }
        tools={
          <TextInput
            className={styles["search"]}
            aria-label={processes.search}
            placeholder={processes.search}
            leftSection={<Icon sign="search" size={16} />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        }
      />
      <DataTable
        label={processes.title}
        columns={columns}
        listing={shown}
        keyOf={(row) => row.id}
        empty={<Nothing isSearch={typed.trim() !== ""} mayDesign={mayDesign} />}
      />
    </div>
  );
}

const nameOf = (row: Definition): string => row.name || row.process_id;
const byName = (one: Definition, other: Definition): number => nameOf(one).localeCompare(nameOf(other));

function Nothing({ isSearch, mayDesign }: { isSearch: boolean; mayDesign: boolean }): ReactElement {
  const { processes } = useTexts();
  if (isSearch) return <Empty title={processes.nothingFound} sign="search" />;
  return (
    <Empty title={processes.empty} sign="process">
      {mayDesign ? processes.emptyHint : processes.emptyHintOthers}
    </Empty>
  );
}

function useColumns(): Column<Definition>[] {
  const { processes } = useTexts();
  const runnable = useRunnable();
  const { columns } = processes;
  return [
    { name: "name", label: columns.name, isMain: true, show: (row) => <Name row={row} /> },
    { name: "version", label: columns.version, kind: "number", show: (row) => row.version },
    { name: "run_by", label: columns.runBy, show: (row) => <RunBy row={row} words={processes} /> },
    {
      name: "run",
      label: columns.tools,
      kind: "tools",
      show: (row) => <Run process={runnable(row)} words={processes} />,
    },
  ];
}

function Name({ row }: { row: Definition }): ReactElement {
  return (
    <>
      <Link to="/processes/$id" params={{ id: row.process_id }} title={row.description ?? ""}>
        {nameOf(row)}
      </Link>
      {row.description && <span className={styles["about"]}>{row.description}</span>}
    </>
  );
}

function RunBy({ row, words }: { row: Definition; words: Texts["processes"] }): ReactElement {
  const roles = useRoleNames(row.run_by ?? []).join(", ") || words.everybody;
  const names = row.is_active === false ? words.notActive : roles;
  return (
    <span className={styles["names"]} title={names}>
      {names}
    </span>
  );
}

interface RunGiven {
  process: Process | null;
  words: Texts["processes"];
}

function Run({ process, words }: RunGiven): ReactElement | null {
  if (!process) return null;
  return (
    <Button
      variant="default"
      h={36}
      leftSection={<Icon sign="run" size={14} filled />}
      aria-label={words.runName(process.name)}
      onClick={() => askToRun(process)}
    >
      {words.run}
    </Button>
  );
}
