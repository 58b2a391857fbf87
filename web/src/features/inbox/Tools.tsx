import { lazy, type ReactElement, Suspense, useState } from "react";
import { Icon } from "@/components/icons";
import { useRoleName } from "@/components/names";
import { FIRST, type View } from "@/lib/panelView";
import { useFirstTexts } from "@/lib/texts";
import { chosen, useChosen } from "./choosing";
import { Lazily } from "./Lazily";
import { useLooking } from "./looking";
import styles from "./TaskList.module.css";

const ViewMenu = lazy(() => import("./ViewMenu").then((found) => ({ default: found.ViewMenu })));
const OrderBox = lazy(() => import("./OrderBox").then((found) => ({ default: found.OrderBox })));

/** Which tasks, in which order, and choosing several. */
export function Tools(): ReactElement {
  const { panel } = useFirstTexts();
  const { view } = useLooking();
  const isChoosing = useChosen() !== null;
  const isOrdered = view.sort !== FIRST.sort || view.group !== FIRST.group;
  return (
    <>
      <div className={styles["line"]}>
        <ViewButton />
        <span className={styles["toolset"]}>
          <Lazily label={panel.order} sign="sort" isOn={isOrdered} hasPopup="dialog">
            <OrderBox label={panel.order} isOn={isOrdered} />
          </Lazily>
          <button
            type="button"
            className={styles["tool"]}
            aria-label={panel.choose}
            title={panel.choose}
            aria-pressed={isChoosing}
            data-on={isChoosing || undefined}
            onClick={() => chosen.set(isChoosing ? null : new Map())}
          >
            <Icon sign="tasks" size={18} />
          </button>
        </span>
      </div>
      <Narrowed view={view} />
    </>
  );
}

/** The filter that is chosen; its menu is loaded when somebody asks for it. */
function ViewButton(): ReactElement {
  const { panel } = useFirstTexts();
  const { view, saved } = useLooking();
  const [isAsked, setIsAsked] = useState(false);
  const label = saved?.label ?? panel.quick[view.quick];
  const button = (
    <button
      type="button"
      className={styles["view"]}
      aria-label={panel.view(label)}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setIsAsked(true)}
    >
      <span>{label}</span>
      <Icon sign="chevron" size={14} />
    </button>
  );
  if (!isAsked) return button;
  return (
    <Suspense fallback={button}>
      <ViewMenu label={label} />
    </Suspense>
  );
}

/** That only one process or role is shown, and the way back to all. */
function Narrowed({ view }: { view: View }): ReactElement | null {
  const { change } = useLooking();
  if (!view.process && !view.role) return null;
  return (
    <div className={styles["chips"]}>
      {view.process && <Chip name={view.process.name} onRemove={() => change({ process: null })} />}
      {view.role && <RoleChip name={view.role} onRemove={() => change({ role: "" })} />}
    </div>
  );
}

function RoleChip({ name, onRemove }: { name: string; onRemove: () => void }): ReactElement {
  return <Chip name={useRoleName(name)} onRemove={onRemove} />;
}

function Chip({ name, onRemove }: { name: string; onRemove: () => void }): ReactElement {
  const { panel } = useFirstTexts();
  return (
    <button type="button" className={styles["chip"]} title={panel.narrowed(name)} onClick={onRemove}>
      {name} <Icon sign="close" size={12} />
      <span className="sw-hidden">: {panel.narrowed(name)}</span>
    </button>
  );
}
