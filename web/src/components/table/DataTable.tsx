import { type CSSProperties, type ReactElement, type ReactNode, useRef } from "react";
import { Failed } from "@/components/Failed";
import { useTexts } from "@/lib/texts";
import { walking } from "@/lib/walk";
import { Bar } from "./Bar";
import { chosenAfter, type Choosing, type Column, type Listing, type Order } from "./columns";
import { Head } from "./Head";
import { Line } from "./Line";
import { More } from "./More";
import styles from "./table.module.css";

/** From the link or button of a row to that of the next one. */
const walk = walking("[data-main] :is(a, button)");

export interface Given<Row> {
  /** What the rows are, for those who hear it. */
  label: string;
  columns: readonly Column<Row>[];
  listing: Listing<Row>;
  keyOf: (row: Row) => string;
  /** What stands in place of no rows. */
  empty: ReactNode;
  order?: Order;
  choosing?: Choosing<Row>;
}

const WAITING = 6;

/** Rows and columns; where there is little room each row becomes a card. Arrow keys go from row to row. */
export function DataTable<Row>(given: Given<Row>): ReactElement {
  const { label, columns, listing, keyOf, empty, order, choosing } = given;
  const texts = useTexts();
  const last = useRef<string | null>(null);
  const keys = listing.rows.map(keyOf);
  if (listing.error) return <Failed error={listing.error} onRetry={listing.onRetry} />;
  if (!listing.isPending && keys.length === 0) return <div className="sw-card">{empty}</div>;
  const choose = (key: string, withAll: boolean): void => {
    choosing?.onChange(chosenAfter(choosing.chosen, keys, key, withAll ? last.current : null));
    last.current = key;
  };
  const all = choosing && {
    isAll: keys.length > 0 && keys.every((key) => choosing.chosen.has(key)),
    isSome: keys.some((key) => choosing.chosen.has(key)),
    onTurn: (isOn: boolean) => choosing.onChange(new Set(isOn ? keys : [])),
  };
  const main = columns.find((column) => column.isMain) ?? columns[0];
  return (
    <div className={styles["place"]}>
      <Bar columns={columns} order={order} all={all} />
      <div className={`sw-card ${styles["frame"]}`}>
        <div
          role="table"
          className={styles["table"]}
          style={tracksOf(columns, main, choosing !== undefined)}
          aria-label={label}
          aria-busy={listing.isPending || listing.isReadingMore}
          onKeyDown={walk}
        >
          <Head columns={columns} order={order} all={all} />
          <div role="rowgroup" className={styles["body"]}>
            {listing.isPending && <Waiting columns={columns.length} withChoice={choosing !== undefined} />}
            {listing.rows.map((row, index) => {
              const key = keys[index] ?? "";
              const choice = choosing && {
                isChosen: choosing.chosen.has(key),
                name: choosing.nameOf(row),
                onTurn: (withAll: boolean) => choose(key, withAll),
              };
              return <Line key={key} row={row} columns={columns} main={main} choice={choice} />;
            })}
          </div>
        </div>
      </div>
      {listing.isPending && (
        <span role="status" className="sw-hidden">
          {texts.loading}
        </span>
      )}
      {listing.hasMore && <More key={keys.length} isBusy={listing.isReadingMore} onMore={listing.onMore} />}
    </div>
  );
}

/** Each column as wide as what is in it; where that is too much, all of them give way. */
function tracksOf<Row>(columns: readonly Column<Row>[], main: Column<Row> | undefined, withChoice: boolean) {
  const tracks = columns.map((column) => {
    if (column.kind === "tools" || column.kind === "time") return "max-content";
    return column === main ? "minmax(140px, auto)" : "minmax(64px, auto)";
  });
  return { "--tracks": [...(withChoice ? ["max-content"] : []), ...tracks].join(" ") } as CSSProperties;
}

/** Rows that are still being read: as many as catch the eye, without words. */
function Waiting({ columns, withChoice }: { columns: number; withChoice: boolean }): ReactElement {
  const cells = columns + (withChoice ? 1 : 0);
  return (
    <>
      {Array.from({ length: WAITING }, (_, row) => (
        <div key={row} className={styles["waiting"]} aria-hidden="true">
          {Array.from({ length: cells }, (_, cell) => (
            <div key={cell} className={styles["cell"]}>
              <span />
            </div>
          ))}
        </div>
      ))}
    </>
  );
}
