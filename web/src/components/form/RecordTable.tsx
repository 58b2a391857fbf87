import { Button, Checkbox, Loader, Radio, Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { useReader } from "@/components/record/useReader";
import { get, part, type Record as Kept, type RecordPage, type RecordTypeView } from "@/lib/api";
import { fieldText } from "@/lib/fieldText";
import { fieldOf, useRecordTypes } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import type { Place } from "./bridge";
import { idsOf } from "./LookupField";

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
  const types = useRecordTypes();
  const asked = { limit: MOST, filter: place.filter === "null" ? null : place.filter };
  const found = useInfiniteQuery({
    queryKey: ["record-table", type, asked],
    initialPageParam: "",
    queryFn: ({ pageParam }) => get<RecordPage>(`/records/${part(type)}`, { ...asked, after: pageParam }),
    getNextPageParam: (last) => last.after ?? null,
  });
  if (found.isPending || types.isPending) return <Loader size="sm" />;
  if (!found.data || !types.data) {
    const again = (): void => void Promise.all([found.refetch(), types.refetch()]);
    return <Failed error={found.error ?? types.error} onRetry={again} />;
  }
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
            <Line
              key={record.id}
              record={record}
              type={types.data.find((one) => one.name === type)}
              columns={columns}
              place={place}
            />
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

interface LineGiven {
  record: Kept;
  type: RecordTypeView | undefined;
  columns: Column[];
  place: Place;
}

function Line({ record, type, columns, place }: LineGiven): ReactElement {
  const reader = useReader();
  const textOf = (key: string): string => {
    const field = type && fieldOf(type, key);
    return field ? fieldText(record, field, reader) : (record.titles[key] ?? "");
  };
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
        <Table.Td key={key}>{textOf(key) || "–"}</Table.Td>
      ))}
    </Table.Tr>
  );
}
