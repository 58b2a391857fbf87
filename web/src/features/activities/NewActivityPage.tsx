import { Button } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactElement, type SubmitEvent, useRef, useState } from "react";
import { PageHead } from "@/components/PageHead";
import { newKey, type Record as Kept, send } from "@/lib/api";
import { refusesHalf } from "@/lib/halfTyped";
import { forget, keep } from "@/lib/kept";
import { keptInput, useKeepInput } from "@/lib/keptInput";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { fromInput, toInput } from "@/lib/time/zones";
import { ActivityFields } from "./ActivityFields";
import { Wrong } from "./ActivityPage";
import { numberOf } from "./data";
import { type ActivitySearch, activitySearch } from "./search";
import { useActivityForm } from "./useActivityForm";
import { asKept, type Filled, filledAgain, filledFrom, keptName } from "./values";
import styles from "./Activities.module.css";

const NOTHING: Filled = {
  subject: "",
  category: "",
  status: "",
  priority: "",
  start: "",
  due: "",
  remindAt: "",
  owner: "",
  role: "",
  inCalendar: false,
  connections: [],
  result: "",
  details: "",
};
const QUARTER = 900_000;

export function NewActivityPage(): ReactElement {
  const { activities: texts, record, save, cancel } = useTexts();
  const me = useMe();
  const navigate = useNavigate();
  const { at } = activitySearch(useSearch({ strict: false }));
  const [key] = useState(newKey);
  const name = keptName(me.name, `new ${at ?? ""}`);
  const [found] = useState(() => keptInput(name));
  const [begun] = useState(() => {
    const now = begin(me.name, me.time_zone, at);
    return found ? filledAgain(found.base, now) : now;
  });
  const back = (): Promise<void> => {
    const search: ActivitySearch = at ? { view: "calendar", at } : {};
    return navigate({ to: "/activities", search });
  };
  const made = useRef<Kept | null>(null);
  const form = useActivityForm(found ? filledAgain(found.values, begun) : begun, NOTHING, async (values) => {
    made.current = await send<Kept>("POST", "/records/activity", { values }, { key });
    forget(name);
    tell(texts.made(made.current.title));
    return undefined;
  });
  const isChanged = JSON.stringify(form.filled) !== JSON.stringify(begun);
  useKeepInput(name, isChanged ? { values: asKept(form.filled), base: asKept(begun), revision: 0 } : null);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!refusesHalf(event.currentTarget) && (await form.save())) await goOn();
  };
  /** What was filled in since it was sent is filled in on its own page. */
  const goOn = (): Promise<void> => {
    const since = form.since();
    if (!made.current || Object.keys(since).length === 0) return back();
    const { id, values: base, revision } = made.current;
    const values = asKept({ ...filledFrom(made.current, me.time_zone), ...since });
    keep(keptName(me.name, numberOf(id)), { values, base, revision });
    return navigate({ to: "/activities/$id", params: { id: numberOf(id) } });
  };
  const leave = (): Promise<void> => {
    forget(name);
    return back();
  };
  return (
    <div className={styles["sheet"]}>
      <PageHead title={texts.add} above={<Link to="/activities">{texts.title}</Link>} />
      <form className={`sw-card ${styles["card"]}`} onSubmit={(event) => void submit(event)} noValidate>
        <Wrong text={form.wrong.all} />
        <ActivityFields filled={form.filled} wrong={form.wrong} onChange={form.change} />
        <div className={styles["foot"]}>
          <Button type="submit" disabled={form.isBusy}>
            {save}
          </Button>
          {isChanged && <span className="sw-quiet">{record.unsaved}</span>}
          <Button variant="subtle" onClick={() => void leave()}>
            {cancel}
          </Button>
        </div>
      </form>
    </div>
  );
}

/** Mine, in the calendar, half an hour from the next quarter on, or from nine on the day that was shown. */
function begin(owner: string, zone: string, at: string | undefined): Filled {
  const soon = new Date(Math.ceil(Date.now() / QUARTER) * QUARTER);
  const start = (at && fromInput(`${at}T09:00`, zone)) || soon;
  return {
    ...NOTHING,
    category: "To do",
    status: "not_started",
    priority: "Medium",
    start: toInput(start, zone),
    due: toInput(new Date(start.getTime() + 2 * QUARTER), zone),
    owner,
    inCalendar: true,
  };
}
