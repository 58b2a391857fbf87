import { Button, Checkbox, CloseButton, Group, NativeSelect, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { ChoiceField } from "@/components/record/ChoiceField";
import { useRoleName } from "@/components/names";
import { newKey, part, type RecordRight, send } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "../Admin.module.css";
import { EVERYBODY, REACH } from "./reach";
import { RightsConflict, theirRights } from "./RightsConflict";

interface Given {
  type: string;
  rights: readonly RecordRight[];
  onSaved: () => void;
}

/** The roles that may do something with the records of a type; saved as a whole. */
export function RightsTable({ type, rights, onSaved }: Given): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const client = useQueryClient();
  const [before, setBefore] = useState(rights);
  const [rows, setRows] = useState(before);
  const [wrong, setWrong] = useState("");
  const [theirs, setTheirs] = useState<readonly RecordRight[] | null>(null);
  const { isBusy, once } = useOnce();
  const isChanged = JSON.stringify(rows) !== JSON.stringify(before);
  if (!isChanged && rights !== before) {
    setBefore(rights);
    setRows(rights);
  }
  const put = (role: string | undefined): void => {
    if (role && !rows.some((row) => row.role === role)) setRows([...rows, { role, see: "all" }]);
  };
  const save = async (seen: readonly RecordRight[]): Promise<void> => {
    setTheirs(null);
    try {
      await send("PUT", `/record-types/${part(type)}/rights`, { rights: rows, seen }, { key: newKey() });
      tell(admin.rightsSaved);
      setWrong("");
      await client.invalidateQueries({ queryKey: ["record-rights", type] });
      onSaved();
      await client.invalidateQueries({ queryKey: ["record-types"] });
    } catch (error) {
      const found = theirRights(error);
      setTheirs(found);
      setWrong(found ? "" : says(error, texts));
    }
  };
  const take = (found: readonly RecordRight[]): void => {
    client.setQueryData(["record-rights", type], { rights: found });
    setRows(before);
    setTheirs(null);
  };
  return (
    <>
      <Rows
        rows={rows}
        onChange={(role, changed) =>
          setRows(rows.map((row) => (row.role === role ? { ...row, ...changed } : row)))
        }
        onRemove={(role) => setRows(rows.filter((row) => row.role !== role))}
      />
      <Group mt="md" align="flex-end">
        <ChoiceField
          input={{ label: admin.addRight }}
          type="Role"
          chosen={[]}
          onChange={([role]) => put(role)}
        />
        {!rows.some((row) => row.role === EVERYBODY) && (
          <Button variant="default" onClick={() => put(EVERYBODY)}>
            {admin.addEverybody}
          </Button>
        )}
      </Group>
      {wrong && (
        <Text role="alert" c="var(--sw-late)" mt="md">
          {wrong}
        </Text>
      )}
      <Group mt="md">
        <Button disabled={!isChanged} loading={isBusy} onClick={() => void once(() => save(before))}>
          {admin.saveRights}
        </Button>
        {isChanged && <Text c="dimmed">{admin.rightsChanged}</Text>}
      </Group>
      {theirs && (
        <RightsConflict
          mine={rows}
          theirs={theirs}
          onKeepMine={() => void once(() => save(theirs))}
          onTakeTheirs={() => take(theirs)}
          onClose={() => setTheirs(null)}
        />
      )}
    </>
  );
}

interface RowsGiven {
  rows: readonly RecordRight[];
  onChange: (role: string, changed: Partial<RecordRight>) => void;
  onRemove: (role: string) => void;
}

function Rows({ rows, onChange, onRemove }: RowsGiven): ReactElement {
  const { admin } = useTexts();
  if (rows.length === 0) return <Text my="md">{admin.noRights}</Text>;
  return (
    <table className={styles["rights"]} style={{ marginTop: 12 }}>
      <thead>
        <tr>
          {[admin.role, admin.see, admin.add, admin.change, admin.delete].map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
          <th>
            <span className="sw-hidden">{admin.removeRight("")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <RightRow
            key={row.role}
            row={row}
            onChange={(changed) => onChange(row.role, changed)}
            onRemove={() => onRemove(row.role)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowGiven {
  row: RecordRight;
  onChange: (changed: Partial<RecordRight>) => void;
  onRemove: () => void;
}

function RightRow({ row, onChange, onRemove }: RowGiven): ReactElement {
  const { admin } = useTexts();
  const label = useRoleName(row.role === EVERYBODY ? "" : row.role);
  const name = label || admin.everyRole;
  const reaches = [
    { value: "none", label: admin.none },
    { value: "own", label: admin.own },
    { value: "all", label: admin.all },
  ];
  const reach = (what: (typeof REACH)[number]): ReactElement => (
    <td data-label={admin[what]}>
      <NativeSelect
        aria-label={admin.mayOf(admin[what], name)}
        data={reaches}
        value={row[what] ?? "none"}
        onChange={(event) => onChange({ [what]: event.currentTarget.value })}
      />
    </td>
  );
  return (
    <tr>
      <td>{name}</td>
      {reach("see")}
      <td data-label={admin.add}>
        <Checkbox
          aria-label={admin.mayOf(admin.add, name)}
          checked={row.add ?? false}
          onChange={(event) => onChange({ add: event.currentTarget.checked })}
        />
      </td>
      {reach("change")}
      {reach("delete")}
      <td>
        <CloseButton size={36} iconSize={14} aria-label={admin.removeRight(name)} onClick={onRemove} />
      </td>
    </tr>
  );
}
