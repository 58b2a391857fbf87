import { schemaOf } from "@/components/form/schema";
import type { StepPage } from "@/lib/api";

/** Whether the page is nothing but a question; one that also asks for the result of an activity is a form. */
export function isQuestion(page: StepPage): boolean {
  const [only, ...others] = schemaOf(page.schema).components;
  const asks = only?.type === "radio" || only?.type === "checklist";
  return page.kind === "question" && asks && others.length === 0;
}
