import { ActionIcon, UnstyledButton } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import { Icon } from "@/components/icons";
import { deferred } from "@/lib/deferred";
import { useIsNarrow } from "@/lib/screen";
import { useFirstTexts } from "@/lib/texts";
import styles from "./Shell.module.css";

const SearchDialog = deferred(() =>
  import("@/features/search/SearchDialog").then((found) => found.SearchDialog),
);

/** The way to search everywhere: a click, `/` or Ctrl+K. */
export function SearchBox(): ReactElement {
  const { search } = useFirstTexts();
  const isNarrow = useIsNarrow();
  const [isOpen, setIsOpen] = useState(false);
  const open = (): void => setIsOpen(true);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isMeant(event)) return;
      event.preventDefault();
      setIsOpen(true);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      {isNarrow ? (
        <ActionIcon variant="subtle" size={40} aria-label={search.title} onClick={open}>
          <Icon sign="search" />
        </ActionIcon>
      ) : (
        <UnstyledButton className={styles["search"] ?? ""} onClick={open}>
          <Icon sign="search" size={16} />
          <span>{search.placeholder}</span>
          <kbd>{search.keys}</kbd>
        </UnstyledButton>
      )}
      {isOpen && <SearchDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

function isMeant(event: KeyboardEvent): boolean {
  if (document.querySelector('[aria-modal="true"]')) return false;
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) return true;
  const at = event.target;
  const isTyping =
    at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
  return event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping;
}
