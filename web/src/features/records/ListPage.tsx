import { Button, Loader } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import { PageHead } from "@/components/PageHead";
import { WordsField } from "@/components/WordsField";
import type { Counted, RecordTypeView } from "@/lib/api";
import { numberText } from "@/lib/numbers";
import { useRecordTypes } from "@/lib/records";
import { type Texts, useLocale, useTexts } from "@/lib/texts";
import { ColumnMenu } from "./ColumnMenu";
import { FilterPanel, FilterButton } from "./FilterPanel";
import { FileMenu } from "./FileMenu";
import { RecordList } from "./RecordList";
import { useCount, useListState } from "./useList";
import { ViewMenu } from "./ViewMenu";

/** A section: the records of a type, as one wants to see them. */
export function ListPage(): ReactElement {
  const texts = useTexts();
  const { type: name } = useParams({ strict: false });
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
  return <Section key={type.name} type={type} types={types.data} />;
}

interface SectionGiven {
  type: RecordTypeView;
  types: readonly RecordTypeView[];
}

function Section({ type, types }: SectionGiven): ReactElement {
  const texts = useTexts();
  const locale = useLocale();
  const list = useListState(type);
  const [isFiltering, setIsFiltering] = useState(false);
  const count = useCount(type.name, list.state, list.isWaiting);
  return (
    <>
      <PageHead
        title={type.plural}
        count={count.data && countText(count.data, texts, locale)}
        actions={
          <>
            <FileMenu type={type} state={list.state} />
            {type.access.add && <NewButton type={type} />}
          </>
        }
        tools={
          <>
            <WordsField
              label={texts.records.search}
              value={list.state.search}
              onChange={(q) => list.go({ q }, true)}
            />
            <FilterButton
              filter={list.state.filter}
              isOpen={isFiltering}
              onTurn={() => setIsFiltering(!isFiltering)}
            />
            <ColumnMenu type={type} state={list.state} onChange={(columns) => list.go({ columns })} />
            <ViewMenu subject={type.name} list={list} />
          </>
        }
      />
      {isFiltering && (
        <FilterPanel
          type={type}
          types={types}
          filter={list.state.filter}
          onChange={(filter) => list.go({ filter: filter ? JSON.stringify(filter) : "" })}
          onClose={() => setIsFiltering(false)}
        />
      )}
      <RecordList type={type} list={list} />
    </>
  );
}

function countText({ count, is_exact: isExact }: Counted, { records }: Texts, locale: string): string {
  const text = numberText(count, locale);
  return isExact === false ? records.moreThan(text) : text;
}

function NewButton({ type }: { type: RecordTypeView }): ReactElement {
  const { records } = useTexts();
  return (
    <Button
      leftSection={<Icon sign="plus" size={16} />}
      renderRoot={(given) => (
        <Link {...given} to="/records/$type/$id" params={{ type: type.name, id: "new" }} />
      )}
    >
      {records.add(type.label)}
    </Button>
  );
}
