import { type ReactElement, useImperativeHandle, useRef } from "react";
import type { Filling, FillingRef, Values } from "@/components/form/filling";
import type { Component, Schema } from "@/components/form/schema";
import { deferred } from "@/lib/deferred";
import { useLocale } from "@/lib/texts";
import { Question } from "./Question";

const FormView = deferred(() => import("@/components/form/FormView").then((found) => found.FormView));

interface Given {
  field: Component;
  /** The rest of the page: what came of the activity. */
  schema: Schema;
  values: Values;
  onChange: (values: Values, evaluate?: (expression: string) => unknown) => void;
  ref: FillingRef;
}

/** A question, and beneath it the result of the activity of its step. */
export function QuestionOfActivity({ field, schema, values, onChange, ref }: Given): ReactElement {
  const question = useRef<Filling>(null);
  const activity = useRef<Filling>(null);
  const told = useRef<{ answer?: Values; result?: Values }>({});
  const tell = (more: { answer?: Values; result?: Values }, by?: (expression: string) => unknown): void => {
    told.current = { ...told.current, ...more };
    const { answer, result } = told.current;
    if (answer && result) onChange({ ...answer, ...result }, by);
  };
  useImperativeHandle(ref, () => ({
    values: () => ({ ...question.current?.values(), ...activity.current?.values() }),
    collect: () => {
      const answer = question.current?.collect();
      const result = answer && activity.current?.collect();
      return answer && result ? { ...answer, ...result } : null;
    },
    begin: () => question.current?.begin(),
    mark: (problems) => {
      const left = question.current?.mark(problems) ?? [...problems];
      return left.length > 0 ? (activity.current?.mark(left) ?? left) : left;
    },
    held: (shown) => {
      const answered = question.current?.held(shown) ?? shown;
      return activity.current?.held(answered) ?? answered;
    },
    take: (shown) => {
      question.current?.take(shown);
      activity.current?.take(shown);
    },
  }));
  return (
    <>
      <Question field={field} values={values} onChange={(answer) => tell({ answer })} ref={question} />
      <FormView
        schema={schema}
        values={values}
        language={useLocale()}
        beginsHere={false}
        onChange={(result, by) => tell({ result }, by)}
        ref={activity}
      />
    </>
  );
}
