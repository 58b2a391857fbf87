import { ActionIcon, Button, Loader, Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactElement, useMemo, useState } from "react";
import { Empty } from "@/components/Empty";
import { Icon } from "@/components/icons";
import { PageHead } from "@/components/PageHead";
import { FieldValue } from "@/components/record/FieldValue";
import type { Column } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import { part, type Record as Kept, type RecordTypeView, send } from "@/lib/api";
import { everything } from "@/lib/everything";
import { lookupsOf, placeOf, useRecordTypes } from "@/lib/records";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { EntryDialog } from "./EntryDialog";
import { moved } from "./order";

/** The choices of a lookup, in their order. */
export function LookupPage(): ReactElement {
  const texts = useTexts();
  const { type: name } = useParams({ strict: false });
  const types = useRecordTypes();
  const type = lookupsOf(types.data ?? []).find((one) => one.name === name);
  if (types.isPending) return <Loader size="sm" aria-label={texts.loading} />;
  if (!type)
    return (
      <Empty title={texts.lookups.unknown} sign="search">
        <Link to="/lookups">{texts.lookups.title}</Link>
      </Empty>
    );
  return <Entries key={type.name} type={type} />;
}

function Entries({ type }: { type: RecordTypeView }): ReactElement {
  const texts = useTexts();
  const client = useQueryClient();
  const [opened, setOpened] = useState<Kept | "new" | null>(null);
  const found = useQuery({
    queryKey: ["lookup-entries", type.name],
    queryFn: () => everything<Kept>(`/records/${part(type.name)}`, { sort: "order,label" }),
  });
  const rows = found.data ?? [];
  const change = async (changes: readonly { row: Kept; values: object }[]): Promise<void> => {
    try {
      for (const { row, values } of changes)
        await send("PUT", `/records/${part(type.name)}/${part(placeOf(row.id).number)}`, { values });
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
    await again();
  };
  const again = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ["lookup-entries", type.name] });
    for (const name of ["found", "choice"]) void client.invalidateQueries({ queryKey: [name] });
  };
  const columns = useColumns(type, rows, { open: setOpened, change });
  return (
    <>
      <PageHead
        title={type.label}
        count={found.data && String(rows.length)}
        above={<Link to="/lookups">{texts.lookups.title}</Link>}
        actions={
          type.access.add && (
            <Button leftSection={<Icon sign="plus" size={16} />} onClick={() => setOpened("new")}>
              {texts.lookups.add}
            </Button>
          )
        }
      />
      <DataTable
        label={type.label}
        columns={columns}
        listing={{
          rows,
          isPending: found.isPending,
          error: found.data ? null : found.error,
          hasMore: false,
          isReadingMore: false,
          onMore: () => undefined,
          onRetry: () => void found.refetch(),
        }}
        keyOf={(row) => row.id}
        empty={
          <Empty title={texts.lookups.empty} sign="list">
            {texts.lookups.emptyHint}
          </Empty>
        }
      />
      {opened && (
        <EntryDialog
          type={type}
          entry={opened === "new" ? null : opened}
          order={rows.length + 1}
          onDone={again}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

interface Actions {
  open: (row: Kept) => void;
  change: (changes: readonly { row: Kept; values: object }[]) => Promise<void>;
}

const OWN = new Set(["code", "label", "order", "active"]);

function useColumns(type: RecordTypeView, rows: readonly Kept[], { open, change }: Actions): Column<Kept>[] {
  const { lookups } = useTexts();
  return useMemo(() => {
    const more = type.fields.filter((field) => !field.is_system && !OWN.has(field.name));
    return [
      { name: "label", label: lookups.label, show: (row) => <Label row={row} onOpen={() => open(row)} /> },
      { name: "code", label: lookups.code, show: (row) => String(row.values["code"] ?? "") },
      ...more.map((field): Column<Kept> => ({
        name: field.name,
        label: field.label,
        show: (row) => <FieldValue record={row} field={field} />,
      })),
      {
        name: "active",
        label: lookups.active,
        show: (row) => <Active row={row} onTurn={(active) => void change([{ row, values: { active } }])} />,
      },
      {
        name: "move",
        label: lookups.order,
        kind: "tools",
        show: (row) => <Move row={row} rows={rows} onMove={(changes) => void change(changes)} />,
      },
    ] satisfies Column<Kept>[];
  }, [type, rows, lookups, open, change]);
}

function Label({ row, onOpen }: { row: Kept; onOpen: () => void }): ReactElement {
  if (!row.may_change) return <>{row.title}</>;
  return (
    <Button variant="subtle" px={6} ml={-6} mih={36} c="var(--sw-text)" onClick={onOpen}>
      {row.title}
    </Button>
  );
}

function Active({ row, onTurn }: { row: Kept; onTurn: (isActive: boolean) => void }): ReactElement {
  const { lookups } = useTexts();
  return (
    <Switch
      aria-label={lookups.isActive(row.title)}
      checked={row.values["active"] === true}
      disabled={!row.may_change}
      onChange={(event) => onTurn(event.currentTarget.checked)}
    />
  );
}

interface MoveGiven {
  row: Kept;
  rows: readonly Kept[];
  onMove: (changes: { row: Kept; values: object }[]) => void;
}

function Move({ row, rows, onMove }: MoveGiven): ReactElement | null {
  const { lookups } = useTexts();
  const index = rows.indexOf(row);
  if (!row.may_change) return null;
  const to = (step: 1 | -1): void => onMove(moved(rows, index, step));
  return (
    <>
      <ActionIcon
        variant="transparent"
        bg="transparent"
        size={36}
        aria-label={lookups.up(row.title)}
        disabled={index === 0}
        onClick={() => to(-1)}
      >
        <Icon sign="up" size={16} />
      </ActionIcon>
      <ActionIcon
        variant="transparent"
        bg="transparent"
        size={36}
        aria-label={lookups.down(row.title)}
        disabled={index === rows.length - 1}
        onClick={() => to(1)}
      >
        <Icon sign="down" size={16} />
      </ActionIcon>
    </>
  );
}
