import { ActionIcon, Collapse } from "@mantine/core";
import { type KeyboardEvent, type ReactElement, useId, useState } from "react";
import { Icon } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import styles from "./Step.module.css";

/** The hint of the author behind its sign (S2): the server made it of Markdown, without anything that could do harm. */
export function useHint(html: string): { sign: ReactElement | null; text: ReactElement | null } {
  const { step } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  if (!html) return { sign: null, text: null };
  const closes = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !isOpen) return;
    event.stopPropagation(); // it closes the hint, and not what that is in
    setIsOpen(false);
  };
  const sign = (
    <ActionIcon
      variant="subtle"
      size={36}
      radius="xl"
      aria-label={step.hint}
      aria-expanded={isOpen}
      aria-controls={id}
      onClick={() => setIsOpen(!isOpen)}
      onKeyDown={closes}
    >
      <Icon sign="info" />
    </ActionIcon>
  );
  const text = (
    <Collapse onKeyDown={closes} expanded={isOpen} id={id} transitionDuration={100}>
      {/* oxlint-disable-next-line react/no-danger */}
      <div className={styles["hint"]} dangerouslySetInnerHTML={{ __html: html }} />
    </Collapse>
  );
  return { sign, text };
}
