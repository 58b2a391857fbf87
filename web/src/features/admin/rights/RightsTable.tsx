import { Button, Checkbox, CloseButton, Group, NativeSelect, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { ChoiceField } from "@/components/record/ChoiceField";
import { newKey, part, type RecordRight, send } from "@/lib/api";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "../Admin.module.css";

const EVERYBODY = "*";
const REACH = ["see", "change", "delete"] as const;

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
  const isChanged = JSON.stringify(rows) !== JSON.stringify(before);
  if (!isChanged && rights !== before) {
    setBefore(rights);
    setRows(rights);
  }
  const change = (role: string, changed: Partial<RecordRight>): void =>
    setRows(rows.map((row) => (row.role === role ? { ...row, ...changed } : row)));
  const put = (role: string | undefined): void => {
    if (role && !rows.some((row) => row.role === role)) setRows([...rows, { role, see: "all" }]);
  };
  const save = async (): Promise<void> => {
    try {
      await send("PUT", `/record-types/${part(type)}/rights`, { rights: rows }, { key: newKey() });
      tell(admin.rightsSaved);
      setWrong("");
      await client.invalidateQueries({ queryKey: ["record-rights", type] });
      onSaved();
      await client.invalidateQueries({ queryKey: ["record-types"] });
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <>
      {rows.length === 0 && <Text my="md">{admin.noRights}</Text>}
      {rows.length > 0 && (
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
                onChange={(changed) => change(row.role, changed)}
                onRemove={() => setRows(rows.filter((other) => other !== row))}
              />
            ))}
          </tbody>
        </table>
      )}
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
        <Button disabled={!isChanged} onClick={() => void save()}>
          {admin.saveRights}
        </Button>
        {isChanged && <Text c="dimmed">{admin.rightsChanged}</Text>}
      </Group>
    </>
  );
}

interface RowGiven {
  row: RecordRight;
  onChange: (changed: Partial<RecordRight>) => void;
  onRemove: () => void;
}

function RightRow({ row, onChange, onRemove }: RowGiven): ReactElement {
  const { admin } = useTexts();
  const name = row.role === EVERYBODY ? admin.everyRole : row.role;
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
