import { Button } from "@mantine/core";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { Icon } from "@/components/icons";
import type { RecordTypeView } from "@/lib/api";
import { changed, countOf, dataOf, emptyGroup, type Group, treeOf } from "@/lib/filters";
import { useTexts } from "@/lib/texts";
import { GroupEditor } from "./GroupEditor";
import styles from "./records.module.css";

interface ButtonGiven {
  filter: unknown;
  isOpen: boolean;
  onTurn: () => void;
}

export function FilterButton({ filter, isOpen, onTurn }: ButtonGiven): ReactElement {
  const { records } = useTexts();
  const count = countOf(filter);
  return (
    <Button
      variant="default"
      c={count > 0 ? "var(--sw-accent)" : undefined}
      leftSection={<Icon sign="filter" size={16} />}
      aria-expanded={isOpen}
      onClick={onTurn}
    >
      {count > 0 ? records.filtered(count) : records.filter}
    </Button>
  );
}

interface PanelGiven {
  type: RecordTypeView;
  types: readonly RecordTypeView[];
  filter: unknown;
  onChange: (filter: object | null) => void;
  onClose: () => void;
}

const TYPING = 350;

/** The filter of a list, condition by condition; the list follows as soon as one is complete. */
export function FilterPanel({ type, types, filter, onChange, onClose }: PanelGiven): ReactElement {
  const { records } = useTexts();
  const [tree, setTree] = useState<Group>(() => treeOf(filter));
  const given = JSON.stringify(filter ?? null);
  const told = useRef(given);
  const written = JSON.stringify(dataOf(tree));

  useEffect(() => {
    if (given === told.current) return; // it is what was told from here
    told.current = given;
    setTree(treeOf(JSON.parse(given)));
  }, [given]);
  useEffect(() => {
    if (written === told.current) return undefined;
    const timer = window.setTimeout(() => {
      told.current = written;
      onChange(dataOf(tree));
    }, TYPING);
    return () => window.clearTimeout(timer);
  });

  return (
    <section className={`sw-card ${styles["filter"]}`} aria-label={records.filter}>
      <GroupEditor
        group={tree}
        type={type}
        types={types}
        depth={0}
        onChange={(group) => setTree(group)}
        onItem={(id, change) => setTree(changed(tree, id, change))}
      />
      <div className={styles["filterEnd"]}>
        {tree.items.length > 0 && (
          <Button variant="subtle" onClick={() => setTree(emptyGroup())}>
            {records.clearFilter}
          </Button>
        )}
        <Button variant="subtle" onClick={onClose}>
          {records.closeFilter}
        </Button>
      </div>
    </section>
  );
}
