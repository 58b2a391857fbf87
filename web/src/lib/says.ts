/** What went wrong, as a person reads it: the server's own sentence wherever there is one. */
import { Refused } from "@/lib/api";
import type { FirstTexts } from "@/lib/texts";

export function says(error: unknown, texts: FirstTexts): string {
  if (!(error instanceof Refused)) return texts.failed;
  if (error.status === 0) return texts.unreachable;
  if (error.code === "idempotency.other-request") return texts.doneBefore;
  if (error.status >= 500 && error.message === "") return texts.failed;
  const [first, ...others] = error.problems;
  return first && others.length === 0 && !first.field ? first.message : error.message || texts.failed;
}
