import { Button, Menu } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon, KindIcon } from "@/components/icons";
import type { InboxTask, Record as Kept } from "@/lib/api";
import { useOpening } from "@/lib/opening";
import { useTexts } from "@/lib/texts";

interface Given {
  record: Pick<Kept, "id" | "title">;
  tasks: readonly InboxTask[];
  /** With its name on it, where it does not stand in a column of that name. */
  isNamed?: boolean;
}

/** Continue process: the open steps about a record that one can do; one alone opens at once. */
export function TaskMenu({ record, tasks, isNamed = false }: Given): ReactElement | null {
  const { records } = useTexts();
  const { open } = useOpening();
  const [first] = tasks;
  if (!first) return null;
  const words = isNamed ? records.continueProcess : records.waiting(tasks.length);
  const given = {
    variant: "default",
    size: isNamed ? "sm" : "compact-sm",
    mih: 36,
    "aria-label": isNamed ? words : records.continueOf(record.title || record.id, tasks.length),
  } as const;
  if (tasks.length === 1)
    return (
      <Button {...given} title={first.title} onClick={() => open(first.id)}>
        {words}
      </Button>
    );
  return (
    <Menu position="bottom-end" shadow="md" width={300}>
      <Menu.Target>
        <Button {...given} rightSection={<Icon sign="down" size={14} />}>
          {words}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {tasks.map((task) => (
          <Menu.Item key={task.id} leftSection={<KindIcon kind={task.kind} />} onClick={() => open(task.id)}>
            {task.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
