import { ActionIcon, Button, Checkbox, Popover, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import type { FieldView, RecordTypeView } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { columnsOf, type ListState } from "./listState";
import { movedBy } from "./moving";
import styles from "./records.module.css";

interface Given {
  type: RecordTypeView;
  state: ListState;
  onChange: (columns: string) => void;
}

const UNSEEN = new Set(["revision"]);

/** Which fields the list shows, one at least, and in which order. */
export function ColumnMenu({ type, state, onChange }: Given): ReactElement {
  const { records } = useTexts();
  const shown = columnsOf(state, type);
  const others = type.fields.filter((field) => !UNSEEN.has(field.name) && !shown.includes(field));
  const names = shown.map((field) => field.name);
  const change = (next: readonly string[]): void => {
    if (next.length > 0) onChange(next.join(","));
  };
  return (
    <Popover shadow="md" position="bottom-start" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Icon sign="columns" size={16} />}>
          {records.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles["columns"] ?? ""} aria-label={records.columns}>
        <Text size="sm" c="dimmed">
          {records.columnsHint}
        </Text>
        <ul>
          {shown.map((field, index) => (
            <li key={field.name}>
              <Choice
                field={field}
                isShown
                onTurn={() => change(names.filter((name) => name !== field.name))}
              />
              <Move
                field={field}
                index={index}
                count={shown.length}
                onMove={(step) => change(movedBy(names, index, step))}
              />
            </li>
          ))}
          {others.map((field) => (
            <li key={field.name}>
              <Choice field={field} isShown={false} onTurn={() => change([...names, field.name])} />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoiceGiven {
  field: FieldView;
  isShown: boolean;
  onTurn: () => void;
}

function Choice({ field, isShown, onTurn }: ChoiceGiven): ReactElement {
  return (
    <Checkbox className={styles["column"] ?? ""} label={field.label} checked={isShown} onChange={onTurn} />
  );
}

interface MoveGiven {
  field: FieldView;
  index: number;
  count: number;
  onMove: (step: 1 | -1) => void;
}

/** At an end the button does nothing, but keeps the focus of who pressed it until there. */
function Move({ field, index, count, onMove }: MoveGiven): ReactElement {
  const { records } = useTexts();
  const given = (isEnd: boolean, step: 1 | -1) => ({
    variant: "transparent",
    bg: "transparent",
    size: 36,
    "data-disabled": isEnd || undefined,
    "aria-disabled": isEnd,
    onClick: () => !isEnd && onMove(step),
  });
  return (
    <span className={styles["moves"]}>
      <ActionIcon {...given(index === 0, -1)} aria-label={records.earlier(field.label)}>
        <Icon sign="up" size={16} />
      </ActionIcon>
      <ActionIcon {...given(index === count - 1, 1)} aria-label={records.later(field.label)}>
        <Icon sign="down" size={16} />
      </ActionIcon>
    </span>
  );
}
