import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";

interface Given {
  /** The number of the activity; empty for a step that has none. */
  activity: string;
  /** The step that opens in its place. */
  step: string | null;
  className?: string | undefined;
  title?: string;
  children: ReactNode;
}

/** The way into an activity: what opens is the step that waits for it, or else its own page. */
export function ActivityLink({ activity, step, children, ...more }: Given): ReactElement {
  if (step)
    return (
      <Link to="." search={(search) => ({ ...search, step })} {...more}>
        {children}
      </Link>
    );
  return (
    <Link to="/activities/$id" params={{ id: activity }} {...more}>
      {children}
    </Link>
  );
}
