import type { ReactElement } from "react";
import { Empty } from "@/components/Empty";
import { signOfType } from "@/components/icons";
import type { RecordTypeView } from "@/lib/api";
import { useTexts } from "@/lib/texts";

export function NothingHere({
  type,
  isNarrowed,
}: {
  type: RecordTypeView;
  isNarrowed: boolean;
}): ReactElement {
  const { records } = useTexts();
  if (isNarrowed)
    return (
      <Empty title={records.nothingFound} sign="search">
        {records.nothingFoundHint}
      </Empty>
    );
  return (
    <Empty title={records.empty(type.plural)} sign={signOfType(type.name)}>
      {type.access.add ? records.emptyHint(type.label) : records.emptyHintReader}
    </Empty>
  );
}
