import { ActionIcon, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { PersonMenu } from "@/app/shell/PersonMenu";
import { SearchBox } from "@/app/shell/SearchBox";
import { Counter } from "@/components/Counter";
import { Icon } from "@/components/icons";
import { Unread } from "@/components/Unread";
import { deferred } from "@/lib/deferred";
import { useIsNarrow } from "@/lib/screen";
import { useFirstTexts } from "@/lib/texts";
import styles from "./Shell.module.css";

const NavigationDrawer = deferred(() =>
  import("@/app/shell/NavigationDrawer").then((found) => found.NavigationDrawer),
);

interface Given {
  hasPanel: boolean;
  canTogglePanel: boolean;
  onPanel: () => void;
  onRun: () => void;
}

export function TopBar({ hasPanel, canTogglePanel, onPanel, onRun }: Given): ReactElement {
  const { shell, notifications } = useFirstTexts();
  const isNarrow = useIsNarrow();
  return (
    <header className={styles["top"]}>
      {isNarrow && <Drawn />}
      <Link to="/" className={styles["brand"] ?? ""}>
        <img src="/icon.svg" alt="" width={26} height={26} />
        {isNarrow ? <span className="sw-hidden">Stepwell</span> : "Stepwell"}
      </Link>
      {!isNarrow && <SearchBox />}
      <Button
        leftSection={<Icon sign="run" size={16} filled />}
        onClick={onRun}
        data-tour="run"
        className={styles["run"] ?? ""}
      >
        {shell.run}
      </Button>
      <span className={styles["space"]} />
      {isNarrow && <SearchBox />}
      {!canTogglePanel && (
        <>
          <Link to="/tasks" className={styles["topIcon"] ?? ""}>
            <Icon sign="tasks" />
            <span className="sw-hidden">{shell.tasks}</span>
            <Counter />
          </Link>
          <Link to="/notifications" className={styles["topIcon"] ?? ""}>
            <Icon sign="bell" />
            <span className="sw-hidden">{notifications.title}</span>
            <Unread />
          </Link>
        </>
      )}
      {canTogglePanel && (
        <ActionIcon
          variant="subtle"
          size={36}
          aria-label={hasPanel ? shell.hidePanel : shell.showPanel}
          aria-pressed={hasPanel}
          onClick={onPanel}
        >
          <Icon sign="panel" />
        </ActionIcon>
      )}
      <PersonMenu />
    </header>
  );
}

/** The navigation of narrow screens. */
function Drawn(): ReactElement {
  const { shell } = useFirstTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <ActionIcon
        variant="subtle"
        size={40}
        aria-label={shell.openNavigation}
        onClick={() => setIsOpen(true)}
      >
        <Icon sign="menu" />
      </ActionIcon>
      {isOpen && <NavigationDrawer onClose={() => setIsOpen(false)} />}
    </>
  );
}
