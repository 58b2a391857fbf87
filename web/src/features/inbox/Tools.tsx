import { type ReactElement, useState } from "react";
import { Icon } from "@/components/icons";
import { useRoleName } from "@/components/names";
import { deferred } from "@/lib/deferred";
import { FIRST, type View } from "@/lib/panelView";
import { useFirstTexts } from "@/lib/texts";
import { chosen, useChosen } from "./choosing";
import { useLooking } from "./looking";
import styles from "./TaskList.module.css";

const ViewMenu = deferred(() => import("./ViewMenu").then((found) => found.ViewMenu));
const OrderBox = deferred(() => import("./OrderBox").then((found) => found.OrderBox));

/** Which tasks, in which order, and choosing several. */
export function Tools(): ReactElement {
  const { panel } = useFirstTexts();
  const { view } = useLooking();
  const isChoosing = useChosen() !== null;
  return (
    <>
      <div className={styles["line"]}>
        <ViewButton />
        <span className={styles["toolset"]}>
          <OrderButton />
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
  return <ViewMenu waiting={button} label={label} onClose={() => setIsAsked(false)} />;
}

/** In which order, and in which groups; its box is loaded when somebody asks for it. */
function OrderButton(): ReactElement {
  const { panel } = useFirstTexts();
  const { view } = useLooking();
  const [isAsked, setIsAsked] = useState(false);
  const isOn = view.sort !== FIRST.sort || view.group !== FIRST.group;
  const button = (
    <button
      type="button"
      className={styles["tool"]}
      data-on={isOn || undefined}
      aria-label={panel.order}
      title={panel.order}
      aria-haspopup="dialog"
      aria-expanded={false}
      onClick={() => setIsAsked(true)}
    >
      <Icon sign="sort" size={18} />
    </button>
  );
  if (!isAsked) return button;
  return <OrderBox waiting={button} label={panel.order} isOn={isOn} onClose={() => setIsAsked(false)} />;
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
