import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { usePeopleNames } from "@/components/names";
import type { StepPage } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { useTitleOf } from "@/lib/title";
import styles from "./Step.module.css";
import { useHint } from "./useHint";
import { useOthers } from "./useStep";

export function Header({ page }: { page: StepPage }): ReactElement {
  const { step } = useTexts();
  useTitleOf(page.title, "step");
  const me = useMe();
  const others = usePeopleNames(useOthers(page.id, me.name));
  const hint = useHint(page.hint);
  return (
    <header className={styles["head"]} data-tour="step" data-kind={page.kind}>
      <p className={styles["caption"]}>
        {[...new Set([page.instance_caption, page.process_name])].filter(Boolean).join(" · ")}
      </p>
      <div className={styles["title"]}>
        <h1>{page.title}</h1>
        {hint.sign}
      </div>
      {hint.text}
      {others.length > 0 && (
        <p className={styles["others"]}>
          <Icon sign="person" size={16} /> {step.others(others.join(", "))}
        </p>
      )}
    </header>
  );
}
