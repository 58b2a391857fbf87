import { Link } from "@tanstack/react-router";
import { type ReactElement, useMemo, useState } from "react";
import { FieldValue } from "@/components/record/FieldValue";
import { type Column, columnKind } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import { listingOf } from "@/components/table/listing";
import type { InboxTask, Record as Kept, RecordTypeView } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { placeOf } from "@/lib/records";
import { useTasksOfRecords } from "@/lib/recordTasks";
import { useTexts } from "@/lib/texts";
import { ChosenBar } from "./ChosenBar";
import { columnsOf } from "./listState";
import { NothingHere } from "./NothingHere";
import { TaskMenu } from "@/components/record/TaskMenu";
import { type useListState, useRecords } from "./useList";

const BulkRun = deferred(() => import("./BulkRun").then((found) => found.BulkRun));

interface Given {
  type: RecordTypeView;
  list: ReturnType<typeof useListState>;
}

const UNSORTED = new Set(["long_text", "links", "file"]);

export function RecordList({ type, list }: Given): ReactElement {
  const texts = useTexts();
  const { state } = list;
  const found = useRecords(type, state, list.isWaiting);
  const listing = listingOf(found);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [running, setRunning] = useState<readonly Kept[] | null>(null); // also of those that are gone from the list meanwhile
  const tasks = useTasksOfRecords(
    type.name,
    listing.rows.map((one) => one.id),
  );
  const columns = useColumns(type, state.columns, tasks.data);
  const isNarrowed = state.search !== "" || state.filter !== null;
  const here = listing.rows.filter((row) => chosen.has(row.id));
  return (
    <>
      <DataTable
        label={type.plural}
        columns={columns}
        listing={listing}
        keyOf={(row) => row.id}
        order={{ by: state.sort, onChange: (sort) => list.go({ sort }) }}
        choosing={{ chosen, onChange: setChosen, nameOf: (row) => row.title || row.id }}
        empty={<NothingHere type={type} isNarrowed={isNarrowed} />}
      />
      {here.length > 0 && (
        <ChosenBar
          tasks={here.flatMap((row) => tasks.data?.get(row.id) ?? [])}
          label={texts.records.chosen(here.length)}
          onRun={() => setRunning(here)}
          onClear={() => setChosen(new Set())}
        />
      )}
      {running && <BulkRun type={type} records={running} onClose={() => setRunning(null)} />}
    </>
  );
}

function useColumns(
  type: RecordTypeView,
  names: readonly string[],
  tasks: ReadonlyMap<string, InboxTask[]> | undefined,
): Column<Kept>[] {
  const { records } = useTexts();
  return useMemo(() => {
    const fields = columnsOf({ columns: names, search: "", sort: "", filter: null }, type);
    const main = fields.find((field) => field.name === type.title) ?? fields[0];
    const shown = fields.map((field): Column<Kept> => ({
      name: field.name,
      label: field.label,
      kind: columnKind(field),
      canSort: !UNSORTED.has(field.kind),
      isMain: field === main,
      show: (row) =>
        field === main ? (
          <Way row={row}>{<FieldValue record={row} field={field} />}</Way>
        ) : (
          <FieldValue record={row} field={field} />
        ),
    }));
    const hasTasks = [...(tasks?.values() ?? [])].some((some) => some.length > 0);
    const process: Column<Kept> = {
      name: "process",
      label: records.process,
      kind: "tools",
      show: (row) => <TaskMenu record={row} tasks={tasks?.get(row.id) ?? []} />,
    };
    return hasTasks ? [...shown, process] : shown;
  }, [type, names, tasks, records]);
}

function Way({ row, children }: { row: Kept; children: ReactElement }): ReactElement {
  const { type, number } = placeOf(row.id);
  return (
    <Link to="/records/$type/$id" params={{ type, id: number }}>
      {children}
      {!row.title && row.id}
    </Link>
  );
}
