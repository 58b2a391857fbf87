import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import type { RecordTypeView } from "@/lib/api";
import { conditionOn, emptyGroup, type Group, isGroup, type Item, type GroupKind } from "@/lib/filters";
import { useTexts } from "@/lib/texts";
import { ConditionEditor } from "./ConditionEditor";
import styles from "./records.module.css";

export interface TypesGiven {
  type: RecordTypeView;
  types: readonly RecordTypeView[];
}

interface Given extends TypesGiven {
  group: Group;
  depth: number;
  onChange: (group: Group) => void;
  onItem: (id: string, change: (item: Item) => Item | null) => void;
}

const DEEPEST = 3;

export function GroupEditor({ group, type, types, depth, onChange, onItem }: Given): ReactElement {
  const { records } = useTexts();
  const add = (item: Item): void => onChange({ ...group, items: [...group.items, item] });
  const [first] = type.fields;
  return (
    <div className={styles["group"]} data-depth={depth || undefined}>
      <div className={styles["groupHead"]}>
        <NativeSelect
          aria-label={records.groupKind}
          value={group.kind}
          data={[
            { value: "all", label: records.allOf },
            { value: "any", label: records.anyOf },
          ]}
          onChange={(event) => onChange({ ...group, kind: event.currentTarget.value as GroupKind })}
        />
        {depth > 0 && (
          <ActionIcon
            variant="subtle"
            size={36}
            aria-label={records.removeGroup}
            onClick={() => onItem(group.id, () => null)}
          >
            <Icon sign="close" size={16} />
          </ActionIcon>
        )}
      </div>
      {group.items.map((item) =>
        isGroup(item) ? (
          <GroupEditor
            key={item.id}
            group={item}
            type={type}
            types={types}
            depth={depth + 1}
            onChange={(inner) => onItem(item.id, () => inner)}
            onItem={onItem}
          />
        ) : (
          <ConditionEditor
            key={item.id}
            condition={item}
            type={type}
            types={types}
            onChange={(next) => onItem(item.id, () => next)}
          />
        ),
      )}
      <div className={styles["groupAdd"]}>
        <Button
          variant="subtle"
          leftSection={<Icon sign="plus" size={14} />}
          onClick={() => first && add(conditionOn(first))}
        >
          {records.addCondition}
        </Button>
        {depth < DEEPEST && (
          <Button
            variant="subtle"
            leftSection={<Icon sign="plus" size={14} />}
            onClick={() => add(emptyGroup("any"))}
          >
            {records.addGroup}
          </Button>
        )}
      </div>
    </div>
  );
}
