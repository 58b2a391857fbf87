import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { ViewMenu as Views } from "@/components/views/ViewMenu";
import { useTexts } from "@/lib/texts";
import { contentOf, type ListSearch } from "./listState";
import type { useListState } from "./useList";

/** Nothing but the view, or nothing at all. */
const only = (view?: string): ListSearch => ({
  view,
  q: undefined,
  sort: undefined,
  filter: undefined,
  columns: undefined,
});

interface Given {
  subject: string;
  list: ReturnType<typeof useListState>;
}

/** The views of a section: one's own and those of everybody. */
export function ViewMenu({ subject, list }: Given): ReactElement {
  const { records } = useTexts();
  const { view } = list;
  return (
    <Views
      subject={subject}
      words={records.view}
      target={
        <Button
          variant="default"
          leftSection={<Icon sign="view" size={16} />}
          rightSection={<Icon sign="down" size={14} />}
        >
          {view ? `${view.label}${list.isDifferent ? " *" : ""}` : records.views}
        </Button>
      }
      plain={[{ value: "", label: records.everything }]}
      chosen={view?.id ?? ""}
      content={contentOf(list.state)}
      isDifferent={list.isDifferent}
      onChoose={(value) => list.go(only(value || undefined))}
      onKept={(kept, isAsNow) => isAsNow && list.go(only(kept.id), kept.id === view?.id)}
      onRemoved={() => list.go(only())}
    />
  );
}
