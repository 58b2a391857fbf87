import { type ReactElement, useRef } from "react";
import { Icon } from "@/components/icons";
import { ViewMenu as Views } from "@/components/views/ViewMenu";
import { contentOf, FIRST, lookingAt, QUICK, type Quick, SUBJECT } from "@/lib/panelView";
import { useFirstTexts } from "@/lib/texts";
import { useLooking } from "./looking";
import styles from "./TaskList.module.css";

/** Quick filters, and those that people have saved. */
export function ViewMenu({ label }: { label: string }): ReactElement {
  const { panel } = useFirstTexts();
  const { view, saved, look } = useLooking();
  const target = useRef<HTMLButtonElement>(null);
  const focus = (): void => target.current?.focus();
  return (
    <Views
      subject={SUBJECT}
      words={panel}
      target={
        <button ref={target} type="button" className={styles["view"]} aria-label={panel.view(label)}>
          <span>{label}</span>
          <Icon sign="chevron" size={14} />
        </button>
      }
      plain={QUICK.map((value) => ({ value, label: panel.quick[value] }))}
      chosen={saved?.id ?? view.quick}
      content={contentOf(view)}
      isDifferent
      isOpenAtFirst
      onChoose={(value, other) => {
        focus();
        const order = { sort: view.sort, group: view.group };
        look(other ? lookingAt(other) : { view: { ...FIRST, ...order, quick: value as Quick }, saved: null });
      }}
      onKept={({ id, label: name }) => look({ view, saved: { id, label: name } })}
      onRemoved={() => look({ view: FIRST, saved: null })}
      onClosed={focus}
    />
  );
}
