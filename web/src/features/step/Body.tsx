import { Text } from "@mantine/core";
import { type ReactElement, useEffect, useImperativeHandle } from "react";
import type { FillingRef, Values } from "@/components/form/filling";
import { schemaOf } from "@/components/form/schema";
import { spoken } from "@/components/form/spoken";
import type { StepPage } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useLocale, useTexts } from "@/lib/texts";
import { isQuestion } from "./isQuestion";
import { Question } from "./Question";

const FormView = deferred(() => import("@/components/form/FormView").then((found) => found.FormView));

interface Given {
  page: StepPage;
  /** What was typed here before and had not reached the server. */
  restored: Values | null;
  hidden: readonly string[];
  /** What is wrong stands in this hidden group. */
  onHiddenWrong: (group: string) => void;
  onChange: (values: Values, evaluate?: (expression: string) => unknown) => void;
  onUpload: (isBegun: boolean) => void;
  ref: FillingRef;
}

/** What is filled in: a question by our own hand, everything else by the viewer of form-js. */
export function Body({
  page,
  restored,
  hidden,
  onHiddenWrong,
  onChange,
  onUpload,
  ref,
}: Given): ReactElement {
  const language = useLocale();
  const texts = useTexts();
  const schema = spoken(schemaOf(page.schema), page.kind, texts);
  const values = { ...page.values, ...page.draft?.values, ...restored };
  const [only] = schema.components;
  if (!only) return <Plain onChange={onChange} ref={ref} />;
  if (isQuestion(page)) return <Question field={only} values={values} onChange={onChange} ref={ref} />;
  return (
    <FormView
      schema={schema}
      values={values}
      hidden={hidden}
      onHiddenWrong={onHiddenWrong}
      filesAt={{ kind: "step", id: page.id }}
      onChange={onChange}
      onUpload={onUpload}
      language={language}
      ref={ref}
    />
  );
}

function Plain({ onChange, ref }: { onChange: (values: Values) => void; ref: FillingRef }): ReactElement {
  const { step } = useTexts();
  useImperativeHandle(ref, () => ({
    values: () => ({}),
    collect: () => ({}),
    mark: (problems) => [...problems],
    held: (values) => values,
    take: () => undefined,
  }));
  useEffect(() => onChange({}), [onChange]);
  return <Text c="dimmed">{step.nothingToFill}</Text>;
}
