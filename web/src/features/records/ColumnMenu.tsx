import { Button, Menu } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import type { RecordTypeView } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import type { ListState } from "./listState";

interface Given {
  type: RecordTypeView;
  state: ListState;
  onChange: (columns: string) => void;
}

const UNSEEN = new Set(["revision"]);

/** Which fields the list shows; one at least. */
export function ColumnMenu({ type, state, onChange }: Given): ReactElement {
  const { records } = useTexts();
  const turn = (name: string): void => {
    const isShown = state.columns.includes(name);
    const left = isShown ? state.columns.filter((one) => one !== name) : [...state.columns, name];
    if (left.length > 0) onChange(left.join(","));
  };
  return (
    <Menu shadow="md" closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon sign="columns" size={16} />}>
          {records.columns}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {type.fields
          .filter((field) => !UNSEEN.has(field.name))
          .map((field) => (
            <Menu.CheckboxItem
              key={field.name}
              checked={state.columns.includes(field.name)}
              onChange={() => turn(field.name)}
            >
              {field.label}
            </Menu.CheckboxItem>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
