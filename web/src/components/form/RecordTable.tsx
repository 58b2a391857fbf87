import { Button, Checkbox, Loader, Radio, Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { get, part, type Record as Kept, type RecordPage } from "@/lib/api";
import { useLocale, useTexts } from "@/lib/texts";
import type { Place } from "./bridge";
import { idsOf } from "./LookupField";
import { settled } from "./schema";

const MOST = 50;

interface Column {
  key: string;
  label?: string;
}

/** Records in columns, to look at or to choose from. */
export function RecordTable({ place }: { place: Place }): ReactElement {
  const { form, table } = useTexts();
  const type = String(place.field["recordType"] ?? "");
  const columns = (place.field["columns"] as Column[] | undefined) ?? [];
  const filter = settled(place.field["filter"], place.evaluate);
  const asked = { limit: MOST, filter: filter ? JSON.stringify(filter) : null };
  const found = useInfiniteQuery({
    queryKey: ["record-table", type, asked],
    initialPageParam: "",
    queryFn: ({ pageParam }) => get<RecordPage>(`/records/${part(type)}`, { ...asked, after: pageParam }),
    getNextPageParam: (last) => last.after ?? null,
  });
  if (found.isPending) return <Loader size="sm" />;
  if (!found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const records = found.data.pages.flatMap((page) => page.items);
  if (records.length === 0)
    return (
      <Text c="dimmed" size="sm">
        {form.nothing}
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={columns.length * 110}>
      <Table withTableBorder>
        <Table.Thead>
          <Table.Tr>
            {place.field.choice && place.field.choice !== "none" && <Table.Th />}
            {columns.map((column) => (
              <Table.Th key={column.key}>{column.label ?? column.key}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((record) => (
            <Line key={record.id} record={record} columns={columns} place={place} />
          ))}
        </Table.Tbody>
      </Table>
      {found.hasNextPage && (
        <Button
          variant="subtle"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {table.more}
        </Button>
      )}
    </Table.ScrollContainer>
  );
}

function Line({ record, columns, place }: { record: Kept; columns: Column[]; place: Place }): ReactElement {
  const locale = useLocale();
  const number = record.id.slice(record.id.lastIndexOf("/") + 1);
  const chosen = idsOf(place.value);
  const isChosen = chosen.includes(number);
  const turn = (): void => {
    if (place.field.choice === "single") place.onChange(number);
    else place.onChange(isChosen ? chosen.filter((id) => id !== number) : [...chosen, number]);
  };
  const given = { "aria-label": record.title, checked: isChosen, onChange: turn, disabled: place.isLocked };
  return (
    <Table.Tr>
      {place.field.choice === "single" && (
        <Table.Td>
          <Radio {...given} />
        </Table.Td>
      )}
      {place.field.choice === "multiple" && (
        <Table.Td>
          <Checkbox {...given} />
        </Table.Td>
      )}
      {columns.map(({ key }) => (
        <Table.Td key={key}>{record.titles[key] ?? written(record.values[key], locale)}</Table.Td>
      ))}
    </Table.Tr>
  );
}

function written(value: unknown, locale: string): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return value.toLocaleString(locale);
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value))
    return new Date(`${value}T12:00:00Z`).toLocaleDateString(locale, {
      dateStyle: "medium",
      timeZone: "UTC",
    });
  return String(value);
}
