import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { PersonName, RoleNames } from "@/components/PersonName";
import { address, type FieldView, part, type Record as Kept } from "@/lib/api";
import { fieldText, valueIn } from "@/lib/fieldText";
import { useAttachment } from "@/lib/files";
import { hrefOf } from "@/lib/links";
import { placeOf } from "@/lib/records";
import { useReader } from "./useReader";

interface Given {
  record: Kept;
  field: FieldView;
  /** Whether linked records and files can be opened from here. */
  withLinks?: boolean;
}

/** The value of a field as people read it; nothing for none. */
export function FieldValue({ record, field, withLinks = false }: Given): ReactElement | string {
  const reader = useReader();
  const value = valueIn(record, field);
  if (value === null || value === undefined || value === "") return "";
  if (field.holds === "person") return <PersonName name={String(value)} />;
  if (field.holds === "role") return <RoleNames names={[String(value)]} />;
  if (field.type === "file") return <FileName id={String(value)} withLink={withLinks} />;
  const text = fieldText(record, field, reader);
  const title = record.titles[field.name];
  if (!withLinks) return text;
  if (field.kind === "text") return <Address text={text} />;
  if (title === undefined) return text;
  if (field.type === "link") return <RecordLink id={`${field.to ?? ""}/${String(value)}`} title={title} />;
  if (field.type === "links" && Array.isArray(value) && value.length === 1)
    return <RecordLink id={String(value[0])} title={title} />;
  return text;
}

function Address({ text }: { text: string }): ReactElement | string {
  const href = hrefOf(text);
  if (href === null) return text;
  const elsewhere = href.startsWith("https:") ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return (
    <a href={href} {...elsewhere}>
      {text}
    </a>
  );
}

export function RecordLink({ id, title }: { id: string; title: string }): ReactElement {
  const { type, number } = placeOf(id);
  return (
    <Link to="/records/$type/$id" params={{ type, id: number }}>
      {title || id}
    </Link>
  );
}

function FileName({ id, withLink }: { id: string; withLink: boolean }): ReactElement | string {
  const found = useAttachment(id);
  const name = found.data?.name ?? id;
  if (!withLink) return name;
  return (
    <a href={address(`/attachments/${part(id)}/content`)} download={name}>
      {name}
    </a>
  );
}
