/** What steps and processes change as they go on, wherever it is shown. */
import type { QueryClient } from "@tanstack/react-query";
import { touchInbox } from "@/lib/inbox";
import { touch, useReadAgain } from "@/lib/live/again";

const PAUSE = 1_500; // milliseconds: where much runs, something changes all the time
const SHOWN = [
  "activities",
  "activity",
  "record",
  "records",
  "record-count",
  "record-related",
  "record-approvals",
  "record-tasks",
];

/** Records and activities: lists of them, their pages, and the steps about them. */
export function touchRecords(client: QueryClient): Promise<unknown> {
  return touch(client, ...SHOWN.map((name) => [name]));
}

/** All of it, after something was done here, without waiting to be told. */
export function touchAll(client: QueryClient): Promise<unknown> {
  void touchRecords(client);
  return touchInbox(client);
}

export function useLiveRecords(): void {
  useReadAgain(touchRecords, ({ name }) => name.startsWith("task-") || name === "instance-changed", PAUSE);
}
