/** What the server writes on buttons of its own is in the language of the app; those of authors stay as they are. */
import type { ButtonShown } from "@/lib/api";
import type { FirstTexts } from "@/lib/texts";

export function buttonText(button: ButtonShown, kind: string, texts: FirstTexts): string {
  return ownTexts(texts)[`${kind} ${button.code}`] ?? button.label;
}

function ownTexts({ save, done, buttons }: FirstTexts): Record<string, string> {
  return {
    "question save": save,
    "recordPage save": save,
    "activityStep done": save,
    "activityStep later": buttons.saveForLater,
    "approval approved": buttons.approve,
    "approval rejected": buttons.reject,
    "emailDraft sent": buttons.send,
    "plain done": done,
  };
}
