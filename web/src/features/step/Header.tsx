import { ActionIcon, Collapse } from "@mantine/core";
import { type ReactElement, useId, useState } from "react";
import { Icon } from "@/components/icons";
import { usePeopleNames } from "@/components/names";
import type { StepPage } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { useTitleOf } from "@/lib/title";
import styles from "./Step.module.css";
import { useOthers } from "./useStep";

export function Header({ page }: { page: StepPage }): ReactElement {
  const { step } = useTexts();
  useTitleOf(page.title, "step");
  const me = useMe();
  const others = usePeopleNames(useOthers(page.id, me.name));
  const [isOpen, setIsOpen] = useState(false);
  const hint = useId();
  return (
    <header className={styles["head"]} data-tour="step" data-kind={page.kind}>
      <p className={styles["caption"]}>
        {[...new Set([page.instance_caption, page.process_name])].filter(Boolean).join(" · ")}
      </p>
      <div className={styles["title"]}>
        <h1>{page.title}</h1>
        {page.hint && (
          <ActionIcon
            variant="subtle"
            size={36}
            radius="xl"
            aria-label={step.hint}
            aria-expanded={isOpen}
            aria-controls={hint}
            onClick={() => setIsOpen(!isOpen)}
          >
            <Icon sign="info" />
          </ActionIcon>
        )}
      </div>
      {page.hint && (
        <Collapse expanded={isOpen} id={hint} transitionDuration={100}>
          <Hint html={page.hint} />
        </Collapse>
      )}
      {others.length > 0 && (
        <p className={styles["others"]}>
          <Icon sign="person" size={16} /> {step.others(others.join(", "))}
        </p>
      )}
    </header>
  );
}

/** The hint of the author: the server made it of Markdown, without anything that could do harm. */
function Hint({ html }: { html: string }): ReactElement {
  // oxlint-disable-next-line react/no-danger
  return <div className={styles["hint"]} dangerouslySetInnerHTML={{ __html: html }} />;
}
