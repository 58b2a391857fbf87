import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Empty } from "@/components/Empty";
import { PageHead } from "@/components/PageHead";
import type { RecordTypeView } from "@/lib/api";
import { placeOf } from "@/lib/records";
import { useMe, useNow } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { toInput } from "@/lib/time/zones";
import { tell } from "@/lib/toasts";
import { beginning } from "./edit";
import { EditForm } from "./EditForm";
import { ownFields } from "@/components/record/Shown";
import styles from "./Record.module.css";
import { useEditing } from "./useEditing";

/** A new record; the address may say what it begins with, as `?account=17`. */
export function NewRecord({ type }: { type: RecordTypeView }): ReactElement {
  const texts = useTexts();
  const navigate = useNavigate();
  const me = useMe();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const fields = ownFields(type).filter((field) => !field.is_read_only);
  const given = Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      const value = search[name];
      return typeof value === "string" ? [[name, kind === "links" ? value.split(",") : value]] : [];
    }),
  );
  const today = toInput(useNow(), me.time_zone).slice(0, 10);
  const first = beginning(fields, given, me.name, today);
  const editing = useEditing({
    type,
    record: null,
    first,
    begins: Object.keys(given).length > 0 ? JSON.stringify(given) : "",
    onSaved: (record) => {
      tell(texts.record.added(record.title || record.id));
      void navigate({
        to: "/records/$type/$id",
        params: { type: type.name, id: placeOf(record.id).number },
        replace: true,
      });
    },
  });
  const title = texts.records.add(type.label);
  if (!type.access.add)
    return (
      <Empty title={texts.record.mayNotAdd(type.plural)} sign="info">
        <Link to="/records/$type" params={{ type: type.name }}>
          {texts.record.backTo(type.plural)}
        </Link>
      </Empty>
    );
  return (
    <div className={styles["page"]}>
      <PageHead title={title} above={<Above type={type} />} />
      <div className={`sw-card ${styles["card"]}`}>
        <EditForm
          type={type}
          record={null}
          editing={editing}
          label={title}
          onCancel={() => {
            editing.leave();
            void navigate({ to: "/records/$type", params: { type: type.name } });
          }}
        />
      </div>
    </div>
  );
}

export function Above({ type }: { type: RecordTypeView }): ReactElement {
  return (
    <Link to={"/records/$type"} params={{ type: type.name }}>
      {type.plural}
    </Link>
  );
}
