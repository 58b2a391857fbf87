import { Button, Menu, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { get, part, type Processes, type Record as Kept } from "@/lib/api";
import { askToRun } from "@/lib/opening";
import { placeOf } from "@/lib/records";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";

/** The processes that are offered on a record. */
export function RunMenu({ record }: { record: Kept }): ReactElement {
  const all = useTexts();
  const { run, record: texts, loading } = all;
  const { type, number } = placeOf(record.id);
  const [isOpen, setIsOpen] = useState(false);
  const found = useQuery({
    queryKey: ["record-processes", type, number],
    queryFn: () => get<Processes>(`/records/${part(type)}/${part(number)}/processes`),
    enabled: isOpen,
  });
  const items = found.data?.items ?? [];
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
