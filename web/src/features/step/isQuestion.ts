import { type Component, schemaOf } from "@/components/form/schema";
import type { StepPage } from "@/lib/api";
import { asValues, type Values } from "@/lib/values";

/** The group with the result of the activity of a step (S7). */
const ACTIVITY = "_activity";

/** Whether the page is a question; the result of an activity may be asked for beneath it. */
export function isQuestion(page: StepPage): boolean {
  const [only, ...others] = componentsOf(page);
  const asks = only?.type === "radio" || only?.type === "checklist";
  return page.kind === "question" && asks && others.every(isOfActivity);
}

/** Whether the page asks for the result of an activity, too. */
export function asksForResult(page: StepPage): boolean {
  return componentsOf(page).some(isOfActivity);
}

/** Whether what is filled in leaves the activity without a result, so that the step stays. */
export function lacksResult(page: StepPage, values: Values): boolean {
  return asksForResult(page) && !asValues(values[ACTIVITY])?.["result"];
}

const componentsOf = (page: StepPage): Component[] => schemaOf(page.schema).components;
const isOfActivity = (one: Component): boolean => one.type === "group" && one.id === ACTIVITY;
