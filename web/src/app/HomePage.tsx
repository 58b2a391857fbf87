import type { ReactElement } from "react";
import { Home } from "@/features/home/Home";
import { deferred } from "@/lib/deferred";

const AnswerHere = deferred(() => import("@/features/step/AnswerHere").then((found) => found.AnswerHere));

/** Where the day begins; the next question is answered there. */
export function HomePage(): ReactElement {
  return <Home Answer={AnswerHere} />;
}
