import { Button, Menu, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import type { Record as Kept } from "@/lib/api";
import { askToRun } from "@/lib/opening";
import { useProcessesOf } from "@/lib/recordTasks";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";

/** The processes that are offered on a record. */
export function RunMenu({ record }: { record: Kept }): ReactElement {
  const all = useTexts();
  const { run, record: texts, loading } = all;
  const [isOpen, setIsOpen] = useState(false);
  const found = useProcessesOf(record.id, isOpen);
  const items = found.data ?? [];
  return (
    <Menu shadow="md" width={300} position="bottom-end" opened={isOpen} onChange={setIsOpen}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<Icon sign="run" size={16} filled />}
          rightSection={<Icon sign="down" size={14} />}
        >
          {run.title}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {found.isPending && <Menu.Label>{loading}</Menu.Label>}
        {found.isError && !found.data && (
          <>
            <Menu.Label>{says(found.error, all)}</Menu.Label>
            <Menu.Item closeMenuOnClick={false} onClick={() => void found.refetch()}>
              {all.retry}
            </Menu.Item>
          </>
        )}
        {found.data && items.length === 0 && (
          <Menu.Label>
            {texts.noProcess} {texts.noProcessHint}
          </Menu.Label>
        )}
        {items.map((process) => (
          <Menu.Item
            key={process.process_id}
            onClick={() => askToRun(process, process.parameter ? { [process.parameter]: record.id } : {})}
          >
            {process.name}
            {process.description && (
              <Text size="xs" c="dimmed" lineClamp={2}>
                {process.description}
              </Text>
            )}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
