import { lazy, type ReactElement, Suspense } from "react";

const Comments = lazy(() =>
  import("@/components/beside/Comments").then((found) => ({ default: found.Comments })),
);
const Attachments = lazy(() =>
  import("@/components/beside/Attachments").then((found) => ({ default: found.Attachments })),
);

/** What people say about a step, and its files. */
export function Beside({ stepId, isFolded }: { stepId: string; isFolded: boolean }): ReactElement {
  return (
    <Suspense fallback={null}>
      <Comments stepId={stepId} isFolded={isFolded} />
      <Attachments owner={{ kind: "step", id: stepId }} mayChange isFolded={isFolded} />
    </Suspense>
  );
}
