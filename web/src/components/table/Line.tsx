import { Checkbox } from "@mantine/core";
import type { ReactElement } from "react";
import { useTexts } from "@/lib/texts";
import type { Column } from "./columns";
import styles from "./table.module.css";

interface Choice {
  isChosen: boolean;
  name: string;
  onTurn: (withAll: boolean) => void;
}

interface Given<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  main: Column<Row> | undefined;
  choice: Choice | undefined;
}

export function Line<Row>({ row, columns, main, choice }: Given<Row>): ReactElement {
  const { table } = useTexts();
  return (
    <div role="row" className={styles["line"]} data-chosen={choice?.isChosen || undefined}>
      {choice && (
        <div role="cell" className={`${styles["cell"]} ${styles["choice"]}`}>
          <Checkbox
            aria-label={table.choose(choice.name)}
            checked={choice.isChosen}
            onChange={() => undefined}
            onClick={(event) => choice.onTurn(event.shiftKey)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.name}
          role="cell"
          className={styles["cell"]}
          data-kind={column.kind}
          data-main={column === main || undefined}
        >
          {column !== main && column.kind !== "tools" && (
            <span className={styles["name"]} aria-hidden="true">
              {column.label}
            </span>
          )}
          <span className={styles["value"]}>{column.show(row)}</span>
        </div>
      ))}
    </div>
  );
}
