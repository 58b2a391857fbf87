import { ActionIcon, Menu } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { address, part, type RecordTypeView } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useTexts } from "@/lib/texts";
import { askedOf, type ListState } from "./listState";

const ImportDialog = deferred(() => import("./ImportDialog").then((found) => found.ImportDialog));

/** The list as a file, and a file into the list. */
export function FileMenu({ type, state }: { type: RecordTypeView; state: ListState }): ReactElement {
  const { records } = useTexts();
  const [isImporting, setIsImporting] = useState(false);
  const mayImport = type.access.add || (type.access.change ?? "none") !== "none";
  const where = (columns: string | null): string =>
    address(`/records/${part(type.name)}/export`, { ...askedOf(state), columns });
  return (
    <>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={records.files}>
            <Icon sign="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={where(null)}
            download={`${type.name}.csv`}
            leftSection={<Icon sign="download" size={16} />}
          >
            {records.exportAll}
          </Menu.Item>
          {mayImport && (
            <Menu.Item leftSection={<Icon sign="upload" size={16} />} onClick={() => setIsImporting(true)}>
              {records.importFile}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isImporting && <ImportDialog type={type} onClose={() => setIsImporting(false)} />}
    </>
  );
}
