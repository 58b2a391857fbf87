import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Counter } from "@/components/Counter";
import { Icon, type Sign } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import styles from "./Shell.module.css";

/** The ways through the app; `onGo` closes the drawer on narrow screens. */
export function Navigation({ onGo }: { onGo?: () => void }): ReactElement {
  const texts = useTexts();
  return (
    <nav className={styles["nav"]} aria-label={texts.shell.navigation}>
      <ul>
        <Way to="/" sign="home" label={texts.shell.home} onGo={onGo} />
        <Way to="/tasks" sign="tasks" label={texts.shell.tasks} onGo={onGo}>
          <Counter />
        </Way>
        <Way to="/processes" sign="process" label={texts.processes.title} onGo={onGo} />
        <Way to="/log" sign="log" label={texts.log.title} onGo={onGo} />
      </ul>
    </nav>
  );
}

interface WayGiven {
  to: "/" | "/tasks" | "/processes" | "/log";
  sign: Sign;
  label: string;
  onGo: (() => void) | undefined;
  children?: ReactElement;
}

function Way({ to, sign, label, onGo, children }: WayGiven): ReactElement {
  return (
    <li>
      <Link
        to={to}
        className={styles["link"] ?? ""}
        activeOptions={{ exact: to === "/", includeSearch: false }}
        onClick={onGo}
      >
        <Icon sign={sign} />
        <span>{label}</span>
        {children}
      </Link>
    </li>
  );
}
