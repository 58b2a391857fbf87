import { type ReactElement, Suspense, useState } from "react";
import { Icon, type Sign } from "@/components/icons";
import styles from "./TaskList.module.css";

interface Given {
  label: string;
  sign: Sign;
  /** Whether something is set there, so that one sees it. */
  isOn?: boolean;
  hasPopup: "menu" | "dialog";
  /** What takes the place of the button, open, when it is pressed. */
  children: ReactElement;
}

/** A button whose menu is only loaded, and made, when somebody asks for it. */
export function Lazily({ label, sign, isOn = false, hasPopup, children }: Given): ReactElement {
  const [isAsked, setIsAsked] = useState(false);
  const button = (
    <button
      type="button"
      className={styles["tool"]}
      data-on={isOn || undefined}
      aria-label={label}
      title={label}
      aria-haspopup={hasPopup}
      aria-expanded={false}
      onClick={() => setIsAsked(true)}
    >
      <Icon sign={sign} size={18} />
    </button>
  );
  return isAsked ? <Suspense fallback={button}>{children}</Suspense> : button;
}
