import { type ReactElement } from "react";
import { deferred } from "@/lib/deferred";

const Comments = deferred(() => import("@/components/beside/Comments").then((found) => found.Comments));
const Attachments = deferred(() =>
  import("@/components/beside/Attachments").then((found) => found.Attachments),
);

/** What people say about a step, and its files. */
export function Beside({ stepId, isFolded }: { stepId: string; isFolded: boolean }): ReactElement {
  return (
    <>
      <Comments stepId={stepId} isFolded={isFolded} />
      <Attachments owner={{ kind: "step", id: stepId }} mayChange isFolded={isFolded} />
    </>
  );
}
