import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Counter } from "@/components/Counter";
import { Icon } from "@/components/icons";
import { useFirstTexts } from "@/lib/texts";
import styles from "./Shell.module.css";
import { useWays, type Way } from "./ways";

interface Given {
  /** Closes the drawer on narrow screens. */
  onGo?: () => void;
}

export function Navigation({ onGo }: Given): ReactElement {
  const texts = useFirstTexts();
  return (
    <nav className={styles["nav"]} aria-label={texts.shell.navigation}>
      {useWays().map(({ name, label, ways }) => (
        <section key={name} aria-labelledby={label === null ? undefined : `ways-${name}`}>
          {label !== null && (
            <h2 id={`ways-${name}`} className={styles["waysLabel"]}>
              {label}
            </h2>
          )}
          <ul>
            {ways.map((way) => (
              <Entry key={way.label} way={way} onGo={onGo} />
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function Entry({ way, onGo }: { way: Way; onGo: (() => void) | undefined }): ReactElement {
  return (
    <li>
      <Link
        {...way.link}
        className={styles["link"] ?? ""}
        activeOptions={{ exact: way.link.to === "/", includeSearch: false }}
        onClick={onGo}
      >
        <Icon sign={way.sign} />
        <span>{way.label}</span>
        {way.withCounter && <Counter />}
      </Link>
    </li>
  );
}
