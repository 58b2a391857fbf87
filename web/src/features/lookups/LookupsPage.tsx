import { Link, Outlet, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Empty } from "@/components/Empty";
import { PageHead } from "@/components/PageHead";
import type { Column, Listing } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import type { RecordTypeView } from "@/lib/api";
import { lookupsOf, useRecordTypes } from "@/lib/records";
import { type Texts, useTexts } from "@/lib/texts";

/** The lists of choices that one may change. */
export function LookupsPage(): ReactElement {
  const texts = useTexts();
  const { lookups } = texts;
  const { type } = useParams({ strict: false });
  const types = useRecordTypes();
  if (type) return <Outlet />;
  const listing: Listing<RecordTypeView> = {
    rows: lookupsOf(types.data ?? []),
    isPending: types.isPending,
    error: types.data ? null : types.error,
    hasMore: false,
    isReadingMore: false,
    onMore: () => undefined,
    onRetry: () => void types.refetch(),
  };
  return (
    <>
      <PageHead title={lookups.title} count={lookups.lead} />
      <DataTable
        label={lookups.title}
        columns={columnsFor(texts, types.data ?? [])}
        listing={listing}
        keyOf={(row) => row.name}
        empty={
          <Empty title={lookups.none} sign="list">
            {lookups.noneHint}
          </Empty>
        }
      />
    </>
  );
}

function columnsFor({ lookups }: Texts, types: readonly RecordTypeView[]): Column<RecordTypeView>[] {
  return [
    { name: "label", label: lookups.list, show: (row) => <Way row={row} /> },
    { name: "used", label: lookups.usedBy, show: (row) => usersOf(row, types) },
  ];
}

function Way({ row }: { row: RecordTypeView }): ReactElement {
  return (
    <Link to="/lookups/$type" params={{ type: row.name }}>
      {row.label}
    </Link>
  );
}

/** Where the choices are chosen from. */
function usersOf(lookup: RecordTypeView, types: readonly RecordTypeView[]): string {
  return types
    .flatMap((type) =>
      type.fields.filter((field) => field.to === lookup.name).map((field) => `${type.label}: ${field.label}`),
    )
    .join(", ");
}
