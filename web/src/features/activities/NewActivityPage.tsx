import { Button } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactElement, type SubmitEvent, useState } from "react";
import { PageHead } from "@/components/PageHead";
import { newKey, type Record as Kept, send } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { fromInput, toInput } from "@/lib/time/zones";
import { ActivityFields } from "./ActivityFields";
import { Wrong } from "./ActivityPage";
import { type ActivitySearch, activitySearch } from "./search";
import { useActivityForm } from "./useActivityForm";
import type { Filled } from "./values";
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
  const { activities: texts, save, cancel } = useTexts();
  const me = useMe();
  const navigate = useNavigate();
  const { at } = activitySearch(useSearch({ strict: false }));
  const [key] = useState(newKey);
  const [first] = useState(() => begin(me.name, me.time_zone, at));
  const back = (): Promise<void> => {
    const search: ActivitySearch = at ? { view: "calendar", at } : {};
    return navigate({ to: "/activities", search });
  };
  const form = useActivityForm(first, NOTHING, async (values) => {
    const made = await send<Kept>("POST", "/records/activity", { values }, { key });
    tell(texts.made(made.title));
    return undefined;
  });
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (await form.save()) await back();
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
          <Button variant="subtle" onClick={() => void back()}>
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
