import { Checkbox } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import { type Column, directionOf, type Order, turned } from "./columns";
import styles from "./table.module.css";

export interface All {
  isAll: boolean;
  isSome: boolean;
  onTurn: (isOn: boolean) => void;
}

interface Given<Row> {
  columns: readonly Column<Row>[];
  order: Order | undefined;
  all: All | undefined;
}

export function Head<Row>({ columns, order, all }: Given<Row>): ReactElement {
  return (
    <div role="rowgroup" className={styles["head"]}>
      <div role="row" className={styles["headings"]}>
        {all && (
          <div role="columnheader" className={`${styles["heading"]} ${styles["choice"]}`}>
            <ChooseAll all={all} />
          </div>
        )}
        {columns.map((column) => (
          <Heading key={column.name} column={column} order={order} />
        ))}
      </div>
    </div>
  );
}

function Heading<Row>({ column, order }: { column: Column<Row>; order: Order | undefined }): ReactElement {
  const direction = order && column.canSort ? directionOf(order.by, column.name) : undefined;
  return (
    <div role="columnheader" className={styles["heading"]} data-kind={column.kind} aria-sort={direction}>
      {direction && order ? (
        <button
          type="button"
          className={styles["sort"]}
          onClick={() => order.onChange(turned(order.by, column.name))}
        >
          <span>{column.label}</span>
          <span className={styles["arrow"]} data-direction={direction}>
            <Icon sign="chevron" size={13} />
          </span>
        </button>
      ) : (
        <span className={column.kind === "tools" ? "sw-hidden" : ""}>{column.label}</span>
      )}
    </div>
  );
}

export function ChooseAll({ all, label }: { all: All; label?: string }): ReactElement {
  const { table } = useTexts();
  return (
    <Checkbox
      aria-label={label === undefined ? table.chooseAll : undefined}
      label={label}
      checked={all.isAll}
      indeterminate={all.isSome && !all.isAll}
      onChange={(event) => all.onTurn(event.currentTarget.checked)}
    />
  );
}
