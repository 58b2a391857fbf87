import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Empty } from "@/components/Empty";
import { Icon } from "@/components/icons";
import { PersonName, RoleNames } from "@/components/PersonName";
import type { Column } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import { listingOf } from "@/components/table/listing";
import type { Me, Record as Kept } from "@/lib/api";
import { useMe, useNow } from "@/lib/session";
import { type Texts, useLocale, useTexts } from "@/lib/texts";
import { fullText } from "@/lib/time/due";
import { whenText } from "@/lib/time/when";
import { ActivityLink } from "./ActivityLink";
import { type ActivitySearch, isNarrowed } from "./search";
import { isFinished, numberOf, stepOf, textOf, useActivities } from "./data";
import styles from "./Activities.module.css";

interface Reader {
  texts: Texts["activities"];
  me: Me;
  now: Date;
  locale: string;
}

export function ActivityList({ search }: { search: ActivitySearch }): ReactElement {
  const { activities: texts } = useTexts();
  const navigate = useNavigate();
  const reader = { texts, me: useMe(), now: useNow(), locale: useLocale() };
  const found = useActivities(search);
  const hasFilter = isNarrowed(search) || search.period !== undefined;
  return (
    <DataTable
      label={texts.title}
      columns={columnsFor(reader)}
      listing={listingOf<Kept>(found)}
      keyOf={(record) => record.id}
      order={{
        by: search.sort ?? "start",
        onChange: (sort) => void navigate({ to: "/activities", search: { ...search, sort }, replace: true }),
      }}
      empty={
        <Empty title={hasFilter ? texts.emptyFilter : texts.empty} sign="activity">
          {!hasFilter && texts.emptyHint}
        </Empty>
      }
    />
  );
}

function columnsFor(reader: Reader): Column<Kept>[] {
  const { texts, me, locale, now } = reader;
  const moment = (record: Kept, field: string): ReactElement | null => {
    const at = textOf(record, field);
    if (!at) return null;
    return (
      <time dateTime={at} title={fullText(at, me.time_zone, locale)}>
        {whenText(at, now, { zone: me.time_zone, language: locale })}
      </time>
    );
  };
  return [
    {
      name: "subject",
      label: texts.subject,
      isMain: true,
      canSort: true,
      show: (one) => <Subject record={one} />,
    },
    { name: "category", label: texts.category, canSort: true, show: (one) => one.titles["category"] ?? "" },
    { name: "status", label: texts.status, canSort: true, show: (one) => one.titles["status"] ?? "" },
    { name: "start", label: texts.start, kind: "time", canSort: true, show: (one) => moment(one, "start") },
    {
      name: "due",
      label: texts.due,
      kind: "time",
      canSort: true,
      show: (one) => {
        const isLate = !isFinished(one) && textOf(one, "due") !== "" && new Date(textOf(one, "due")) < now;
        return (
          <span data-late={isLate || undefined} className={styles["due"]}>
            {moment(one, "due")}
            {isLate && <span className="sw-hidden"> {texts.late}</span>}
          </span>
        );
      },
    },
    { name: "owner", label: texts.ownerColumn, show: (one) => <Owner record={one} /> },
  ];
}

function Subject({ record }: { record: Kept }): ReactElement {
  const { activities: texts } = useTexts();
  const step = stepOf(record, useMe());
  return (
    <span className={styles["subject"]}>
      <ActivityLink activity={numberOf(record.id)} step={step}>
        {record.title}
      </ActivityLink>
      {textOf(record, "step") && (
        <span className={styles["badge"]} title={texts.fromProcess}>
          <Icon sign="run" size={12} filled />
          <span className="sw-hidden">{texts.fromProcess}</span>
        </span>
      )}
      {step && (
        <Link
          to="/activities/$id"
          params={{ id: numberOf(record.id) }}
          className={styles["itself"] ?? ""}
          aria-label={texts.showActivity(record.title)}
          title={texts.showActivity(record.title)}
        >
          <Icon sign="activity" size={16} />
        </Link>
      )}
    </span>
  );
}

function Owner({ record }: { record: Kept }): ReactElement | string {
  const owner = textOf(record, "owner");
  return owner ? <PersonName name={owner} /> : <RoleNames names={[textOf(record, "owner_role")]} />;
}
