import { ActionIcon, NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import type { Column, Order } from "./columns";
import { type All, ChooseAll } from "./Head";
import styles from "./table.module.css";

interface Given<Row> {
  columns: readonly Column<Row>[];
  order: Order | undefined;
  all: All | undefined;
}

/** What the headings do, for cards, which have none. */
export function Bar<Row>({ columns, order, all }: Given<Row>): ReactElement | null {
  const { table } = useTexts();
  const sorted = order ? columns.filter((column) => column.canSort) : [];
  if (!all && sorted.length === 0) return null;
  const isDown = order?.by.startsWith("-") ?? false;
  const by = order?.by.replace(/^-/, "") ?? "";
  return (
    <div className={styles["bar"]}>
      {all && <ChooseAll all={all} label={table.all} />}
      {order && sorted.length > 0 && (
        <div className={styles["order"]}>
          <NativeSelect
            aria-label={table.sortBy}
            value={by}
            data={[
              { value: "", label: table.sortBy },
              ...sorted.map((column) => ({ value: column.name, label: column.label })),
            ]}
            onChange={(event) => order.onChange(event.currentTarget.value)}
          />
          <ActionIcon
            variant="default"
            size={36}
            disabled={by === ""}
            aria-label={isDown ? table.largestFirst : table.smallestFirst}
            onClick={() => order.onChange(isDown ? by : `-${by}`)}
          >
            <span className={styles["arrow"]} data-direction={isDown ? "descending" : "ascending"}>
              <Icon sign="chevron" size={16} />
            </span>
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
