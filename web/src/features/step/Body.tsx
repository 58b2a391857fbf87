import { Text } from "@mantine/core";
import { type ReactElement, useEffect, useImperativeHandle } from "react";
import type { FillingRef, Values } from "@/components/form/filling";
import { type Schema, schemaOf } from "@/components/form/schema";
import { spoken } from "@/components/form/spoken";
import type { StepPage } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useLocale, useTexts } from "@/lib/texts";
import { withoutBase } from "./base";
import { isQuestion } from "./isQuestion";
import { Question } from "./Question";
import { QuestionOfActivity } from "./QuestionOfActivity";
import { approvedRecord } from "./Summary";

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
  const schema = spoken(ownSchema(page), page.kind, texts);
  const values = withoutBase({ ...page.values, ...page.draft?.values, ...restored });
  const [first, ...others] = schema.components;
  if (!first) return <Plain onChange={onChange} ref={ref} />;
  if (isQuestion(page)) {
    const given = { field: first, values, onChange, ref };
    return others.length === 0 ? (
      <Question {...given} />
    ) : (
      <QuestionOfActivity {...given} schema={{ ...schema, components: others }} />
    );
  }
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

/** Without the record of an approval, which stands above as a summary. */
function ownSchema(page: StepPage): Schema {
  const schema = schemaOf(page.schema);
  if (!approvedRecord(page)) return schema;
  return { ...schema, components: schema.components.filter((one) => one.path !== "record") };
}

function Plain({ onChange, ref }: { onChange: (values: Values) => void; ref: FillingRef }): ReactElement {
  const { step } = useTexts();
  useImperativeHandle(ref, () => ({
    values: () => ({}),
    collect: () => ({}),
    begin: () => undefined,
    mark: (problems) => [...problems],
    held: (values) => values,
    take: () => undefined,
  }));
  useEffect(() => onChange({}), [onChange]);
  return <Text c="dimmed">{step.nothingToFill}</Text>;
}
