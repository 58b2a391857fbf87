import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import shared from "@/components/panel.module.css";
import type { InboxTask } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useFirstTexts } from "@/lib/texts";

const RowActions = deferred(() => import("./RowActions").then((found) => found.RowActions));

/** What can be done with a task without opening it. A menu is only made for the row that asks for it: there may be thousands. */
export function RowMenu({ task }: { task: InboxTask }): ReactElement {
  const { inbox } = useFirstTexts();
  const [isAsked, setIsAsked] = useState(false);
  const words = inbox.actions(task.title);
  const button = (
    <button
      type="button"
      className={shared["dots"]}
      aria-label={words}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setIsAsked(true)}
    >
      <Icon sign="dots" />
    </button>
  );
  if (!isAsked) return button;
  return <RowActions waiting={button} task={task} words={words} onClose={() => setIsAsked(false)} />;
}
