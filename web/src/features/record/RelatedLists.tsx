import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { FieldValue } from "@/components/record/FieldValue";
import { type Column, columnKind } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import { listingOf } from "@/components/table/listing";
import {
  type FieldView,
  get,
  part,
  type Record as Kept,
  type RecordPage,
  type RecordTypeView,
} from "@/lib/api";
import type { Related, RelatedLists as Found } from "@/lib/api";
import { placeOf } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import styles from "./Record.module.css";

interface Given {
  type: RecordTypeView;
  types: readonly RecordTypeView[];
  number: string;
}

/** What links to this record: a list for each field that does, those without any left out. */
export function RelatedLists({ type, types, number }: Given): ReactElement {
  const { record } = useTexts();
  const found = useQuery({
    queryKey: ["record-related", type.name, number],
    queryFn: () => get<Found>(`/records/${part(type.name)}/${part(number)}/related`),
  });
  if (found.isError && !found.data)
    return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const lists = found.data?.items ?? [];
  const offered = lists.filter((one) => one.count === 0 && mayAdd(types, one));
  return (
    <>
      {lists
        .filter((one) => one.count > 0)
        .map((one) => (
          <List
            key={`${one.type} ${one.field}`}
            related={one}
            types={types}
            from={`${type.name}/${number}`}
            isOneOfMany={lists.filter((other) => other.type === one.type && other.count > 0).length > 1}
          />
        ))}
      {offered.length > 0 && (
        <div className={styles["offered"]}>
          <span>{record.addRelated}</span>
          {offered.map((one) => (
            <AddLink
              key={`${one.type} ${one.field}`}
              related={one}
              types={types}
              from={`${type.name}/${number}`}
            />
          ))}
        </div>
      )}
    </>
  );
}

function mayAdd(types: readonly RecordTypeView[], related: Related): boolean {
  const type = types.find((one) => one.name === related.type);
  return type?.kind === "records" && type.access.add === true;
}

interface ListGiven {
  related: Related;
  types: readonly RecordTypeView[];
  from: string;
  /** Whether another list of the same type needs to be told from it. */
  isOneOfMany?: boolean;
}

function AddLink({ related, types, from }: ListGiven): ReactElement {
  const { records } = useTexts();
  const type = types.find((one) => one.name === related.type);
  const field = type?.fields.find((one) => one.name === related.field);
  const value = field?.kind === "links" ? from : placeOf(from).number;
  return (
    <Link
      to="/records/$type/$id"
      params={{ type: related.type, id: "new" }}
      search={{ [related.field]: value } as never}
      className={styles["addLink"] ?? ""}
    >
      {records.add(type?.label ?? related.type_label)}
    </Link>
  );
}

const FEW = 5;
const MOST_COLUMNS = 4;
const LONG = new Set(["long_text", "links", "file"]);

function List({ related, types, from, isOneOfMany = false }: ListGiven): ReactElement {
  const { record } = useTexts();
  const type = types.find((one) => one.name === related.type);
  const fields = (type?.fields ?? [])
    .filter((field) => !field.is_system && !LONG.has(field.kind) && field.name !== related.field)
    .toSorted((one, other) => Number(other.name === type?.title) - Number(one.name === type?.title))
    .slice(0, MOST_COLUMNS);
  const filter = JSON.stringify(related.filter);
  const found = useInfiniteQuery({
    queryKey: ["records", related.type, { related: filter }],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<RecordPage>(`/records/${part(related.type)}`, { filter, limit: FEW, after: pageParam }),
    getNextPageParam: () => null,
  });
  const title = type?.plural ?? related.type_label;
  const count = related.is_exact ? String(related.count) : `${related.count}+`;
  const label = record.relatedBy(title, related.field_label);
  return (
    <section className={styles["related"]} aria-label={label}>
      <header>
        <h2>
          {title} <span className="sw-quiet">{count}</span>
        </h2>
        {isOneOfMany && <span className="sw-quiet">{related.field_label}</span>}
        <span className={styles["space"]} />
        {mayAdd(types, related) && <AddLink related={related} types={types} from={from} />}
        {related.count > FEW && (
          <Button
            variant="subtle"
            renderRoot={(given) => (
              <Link
                {...given}
                to="/records/$type"
                params={{ type: related.type }}
                search={{ filter } as never}
              />
            )}
          >
            {record.showAll(count)}
          </Button>
        )}
      </header>
      <DataTable
        label={label}
        columns={columnsFor(fields)}
        listing={listingOf(found)}
        keyOf={(row) => row.id}
        empty=""
      />
    </section>
  );
}

function columnsFor(fields: readonly FieldView[]): Column<Kept>[] {
  return fields.map((field, index) => ({
    name: field.name,
    label: field.label,
    kind: columnKind(field),
    show: (row) => <Cell row={row} field={field} isWay={index === 0} />,
  }));
}

interface CellGiven {
  row: Kept;
  field: FieldView;
  isWay: boolean;
}

function Cell({ row, field, isWay }: CellGiven): ReactElement {
  const { type, number } = placeOf(row.id);
  if (!isWay) return <FieldValue record={row} field={field} />;
  return (
    <Link to="/records/$type/$id" params={{ type, id: number }}>
      {row.title || row.id}
    </Link>
  );
}
