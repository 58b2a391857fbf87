import { Loader } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { Refused } from "@/lib/api";
import { useRecord, useRecordTypes } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import { Existing } from "./Existing";
import { NewRecord } from "./NewRecord";

/** The page of a record, or of one that is being made. */
export function RecordPage(): ReactElement {
  const texts = useTexts();
  const { type: name = "", id = "" } = useParams({ strict: false });
  const types = useRecordTypes();
  const type = types.data?.find((one) => one.name === name);
  if (types.isPending) return <Loader size="sm" aria-label={texts.loading} />;
  if (!types.data) return <Failed error={types.error} onRetry={() => void types.refetch()} />;
  if (!type || type.access.see === "none")
    return (
      <Empty title={texts.records.noSection} sign="search">
        {texts.records.noSectionHint} <Link to="/">{texts.goHome}</Link>
      </Empty>
    );
  if (id === "new") return <NewRecord key={name} type={type} />;
  return <Found key={`${name}/${id}`} name={name} id={id} />;
}

function Found({ name, id }: { name: string; id: string }): ReactElement {
  const texts = useTexts();
  const types = useRecordTypes().data ?? [];
  const type = types.find((one) => one.name === name);
  const found = useRecord(name, id);
  if (found.data && type) return <Existing type={type} types={types} record={found.data} />;
  if (found.isPending) return <Loader size="sm" aria-label={texts.loading} />;
  if (found.error instanceof Refused && found.error.status === 404)
    return (
      <Empty title={texts.record.gone} sign="search">
        {texts.record.goneHint}{" "}
        <Link to="/records/$type" params={{ type: name }}>
          {texts.record.backTo(type?.plural ?? name)}
        </Link>
      </Empty>
    );
  return <Failed error={found.error} onRetry={() => void found.refetch()} />;
}
