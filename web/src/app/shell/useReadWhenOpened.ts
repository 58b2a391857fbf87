import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useReadAgain } from "@/lib/live/again";
import { markAllRead, useUnread } from "@/lib/notifications";

const LOOKED_AT = 1_000; // milliseconds after which a step that is open was seen

/** Who has a step open need not be told of it any more: not of what was told before, nor of what comes. */
export function useReadWhenOpened(step: string | undefined): void {
  const client = useQueryClient();
  const hasUnread = useUnread() > 0;
  useEffect(() => {
    if (step === undefined || !hasUnread) return;
    const timer = window.setTimeout(() => void markAllRead(client, step).catch(() => undefined), LOOKED_AT);
    return () => window.clearTimeout(timer);
  }, [client, step, hasUnread]);
  useReadAgain(
    () => (step === undefined ? Promise.resolve() : markAllRead(client, step)),
    ({ name, data }) => name === "notification" && data["about"] === step,
  );
}
