/** The labels that the server writes on pages of its own, in the language of the app; those of authors stay as they are. */
import type { Texts } from "@/lib/texts";
import type { Component, Schema } from "./schema";

const OWN: Record<string, readonly string[]> = {
  activityStep: [
    "subject",
    "start",
    "due",
    "owner",
    "ownerRole",
    "remindAt",
    "showInCalendar",
    "result",
    "resultDetails",
  ],
  approval: ["comment"],
  emailDraft: ["from", "to", "cc", "bcc", "subject", "text", "attachments"],
};
/** The group with the result of the activity of any step (S7). */
const ACTIVITY = "_activity";

export function spoken(schema: Schema, kind: string, texts: Texts): Schema {
  return { ...schema, components: schema.components.map((one) => said(one, OWN[kind] ?? [], texts)) };
}

function said(component: Component, own: readonly string[], texts: Texts): Component {
  const { fields } = texts;
  if (component.type === "group" && component.id === ACTIVITY) {
    const inner = (component.components ?? []).map((one) => said(one, ["result", "details"], texts));
    return { ...component, label: fields.activity, components: inner };
  }
  const key = component.key ?? "";
  if (!own.includes(key) || !(key in fields)) return component;
  return { ...component, label: fields[key as keyof typeof fields] };
}
