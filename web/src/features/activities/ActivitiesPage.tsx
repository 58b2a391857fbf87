import { Button, Checkbox, Loader, NativeSelect, SegmentedControl } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { PageHead } from "@/components/PageHead";
import { WordsField } from "@/components/WordsField";
import { deferred } from "@/lib/deferred";
import { useTexts } from "@/lib/texts";
import { ActivityList } from "./ActivityList";
import type { ActivitySearch, Period, State, Whose } from "./search";
import { activitySearch } from "./search";
import styles from "./Activities.module.css";

const Calendar = deferred(() => import("./calendar/Calendar").then((found) => found.Calendar));

/** The section of activities: those people made, and those of processes (D3). */
export function ActivitiesPage(): ReactElement {
  const texts = useTexts();
  const { activities } = texts;
  const search = activitySearch(useSearch({ strict: false }));
  const go = useGo(search);
  const navigate = useNavigate();
  const isCalendar = search.view === "calendar";
  return (
    <div className={styles["page"]}>
      <PageHead
        title={activities.title}
        actions={
          <Button
            leftSection={<Icon sign="plus" size={16} />}
            onClick={() =>
              void navigate({ to: "/activities/new", search: isCalendar ? { at: search.at } : {} })
            }
          >
            {activities.add}
          </Button>
        }
        tools={
          <>
            <SegmentedControl
              aria-label={activities.view}
              data={[
                { value: "list", label: activities.list },
                { value: "calendar", label: activities.calendar },
              ]}
              value={search.view ?? "list"}
              onChange={(view) => go({ view: view === "calendar" ? "calendar" : undefined })}
            />
            <Filters search={search} />
          </>
        }
      />
      {isCalendar ? (
        <Calendar waiting={<Loader size="sm" aria-label={texts.loading} />} search={search} onGo={go} />
      ) : (
        <ActivityList search={search} />
      )}
    </div>
  );
}

type Changed = { [Name in keyof ActivitySearch]?: ActivitySearch[Name] | undefined };

function useGo(search: ActivitySearch): (changed: Changed) => void {
  const navigate = useNavigate();
  return (changed) =>
    void navigate({ to: "/activities", search: activitySearch({ ...search, ...changed }), replace: true });
}

function Filters({ search }: { search: ActivitySearch }): ReactElement {
  const { activities: texts } = useTexts();
  const go = useGo(search);
  return (
    <>
      <WordsField label={texts.search} value={search.q ?? ""} onChange={(q) => go({ q })} />
      <NativeSelect
        aria-label={texts.whose}
        data={[
          { value: "both", label: texts.whoseBoth },
          { value: "mine", label: texts.whoseMine },
          { value: "roles", label: texts.whoseRoles },
          { value: "all", label: texts.whoseAll },
        ]}
        value={search.whose ?? "both"}
        onChange={(event) => go({ whose: event.currentTarget.value as Whose })}
      />
      <NativeSelect
        aria-label={texts.status}
        data={[
          { value: "open", label: texts.statusOpen },
          { value: "overdue", label: texts.statusOverdue },
          { value: "all", label: texts.statusAll },
        ]}
        value={search.state ?? "open"}
        onChange={(event) => go({ state: event.currentTarget.value as State })}
      />
      {search.view !== "calendar" && (
        <NativeSelect
          aria-label={texts.period}
          data={[
            { value: "any", label: texts.periodAll },
            { value: "today", label: texts.periodToday },
            { value: "week", label: texts.periodWeek },
            { value: "month", label: texts.periodMonth },
            { value: "next", label: texts.periodNext },
          ]}
          value={search.period ?? "any"}
          onChange={(event) => go({ period: event.currentTarget.value as Period })}
        />
      )}
      <Checkbox
        label={texts.ofProcess}
        checked={search.process === "yes"}
        onChange={(event) => go({ process: event.currentTarget.checked ? "yes" : undefined })}
      />
    </>
  );
}
