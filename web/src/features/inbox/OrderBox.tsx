import { NativeSelect, Popover, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useRef, useState } from "react";
import { Icon } from "@/components/icons";
import { useRoleName, useRoleNames } from "@/components/names";
import { get, type InboxGroup, type InboxGroups } from "@/lib/api";
import { type Grouping, GROUPS, type Sort, SORTS } from "@/lib/panelView";
import { useFirstTexts } from "@/lib/texts";
import { useLooking } from "./looking";
import styles from "./TaskList.module.css";

interface Given {
  label: string;
  isOn: boolean;
}

/** In which order and groups tasks stand, and of which process or role. */
export function OrderBox({ label, isOn }: Given): ReactElement {
  const { panel } = useFirstTexts();
  const { view, change } = useLooking();
  const [isOpen, setIsOpen] = useState(true);
  const target = useRef<HTMLButtonElement>(null);
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-end"
      width={280}
      shadow="md"
      trapFocus
      onClose={() => target.current?.focus()}
      transitionProps={{ duration: 80 }}
    >
      <Popover.Target>
        <button
          ref={target}
          type="button"
          className={styles["tool"]}
          data-on={isOn || undefined}
          aria-label={label}
          title={label}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon sign="sort" size={18} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Stack gap="sm">
          <NativeSelect
            label={panel.sort}
            data={SORTS.map((value) => ({ value, label: panel.sorts[value] }))}
            value={view.sort}
            onChange={(event) => change({ sort: event.currentTarget.value as Sort })}
          />
          <NativeSelect
            label={panel.group}
            data={GROUPS.map((value) => ({ value, label: panel.groups[value] }))}
            value={view.group}
            onChange={(event) => change({ group: event.currentTarget.value as Grouping })}
          />
          <Narrow />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Narrow(): ReactElement {
  const { panel } = useFirstTexts();
  const { view, change } = useLooking();
  const processes = useGroups("process");
  const roles = useGroups("role").filter((role) => role.key !== "");
  const called = useRoleNames(roles.map((role) => role.key));
  return (
    <>
      <NativeSelect
        label={panel.process}
        data={optionsOf(processes, view.process?.id ?? "", view.process?.name ?? "", panel.any)}
        value={view.process?.id ?? ""}
        onChange={(event) => {
          const id = event.currentTarget.value;
          const name = event.currentTarget.selectedOptions[0]?.text ?? id;
          change({ process: id === "" ? null : { id, name } });
        }}
      />
      <NativeSelect
        label={panel.role}
        data={optionsOf(
          roles.map((role, index) => ({ ...role, label: called[index] ?? role.label })),
          view.role,
          useRoleName(view.role),
          panel.any,
        )}
        value={view.role}
        onChange={(event) => change({ role: event.currentTarget.value })}
      />
    </>
  );
}

/** What there is to choose from; what is chosen stays even when no task has it now. */
function optionsOf(
  groups: readonly InboxGroup[],
  id: string,
  name: string,
  any: string,
): { value: string; label: string }[] {
  const options = groups.map((group) => ({ value: group.key, label: group.label || group.key }));
  const isKnown = id === "" || options.some((option) => option.value === id);
  return [{ value: "", label: any }, ...options, ...(isKnown ? [] : [{ value: id, label: name }])];
}

function useGroups(group: "process" | "role"): readonly InboxGroup[] {
  const { view } = useLooking();
  const asked = {
    group,
    with_future: view.withFuture || null,
    taken_by_colleagues: view.quick === "taken" || null,
  };
  const found = useQuery({
    queryKey: ["inbox-groups", asked],
    queryFn: () => get<InboxGroups>("/inbox/groups", asked),
  });
  return found.data?.items ?? [];
}
