import { lazy, type ReactElement } from "react";
import { Home } from "@/features/home/Home";

const AnswerHere = lazy(() =>
  import("@/features/step/AnswerHere").then((found) => ({ default: found.AnswerHere })),
);

/** Where the day begins; the next question is answered there. */
export function HomePage(): ReactElement {
  return <Home Answer={AnswerHere} />;
}
