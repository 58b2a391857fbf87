import { CloseButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { useStore } from "@/lib/store";
import { forget, toasts } from "@/lib/toasts";
import { useFirstTexts } from "@/lib/texts";
import styles from "./Toasts.module.css";

export function Toasts(): ReactElement {
  const texts = useFirstTexts();
  return (
    <div className={styles["stack"]} role="status" aria-live="polite">
      {useStore(toasts).map((toast) => (
        <div key={toast.id} className={styles["toast"]} data-error={toast.isError || undefined}>
          <Icon sign={toast.isError ? "warning" : "check"} />
          <span>
            {toast.text}{" "}
            {toast.link && (
              <Link to={toast.link.to} {...opening(toast.link.step)} onClick={() => forget(toast.id)}>
                {toast.link.text}
              </Link>
            )}
          </span>
          <CloseButton size="sm" aria-label={texts.closeMessage} onClick={() => forget(toast.id)} />
        </div>
      ))}
    </div>
  );
}

const opening = (step: string | undefined) =>
  step === undefined ? {} : { search: (search: object) => ({ ...search, step }) };
