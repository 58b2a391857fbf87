import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { markAllRead, useUnread } from "@/lib/notifications";

const LOOKED_AT = 1_000; // milliseconds after which a step that is open was seen

/** Who has a step open need not be told of it any more. */
export function useReadWhenOpened(step: string | undefined): void {
  const client = useQueryClient();
  const hasUnread = useUnread() > 0;
  useEffect(() => {
    if (step === undefined || !hasUnread) return;
    const timer = window.setTimeout(() => void markAllRead(client, step).catch(() => undefined), LOOKED_AT);
    return () => window.clearTimeout(timer);
  }, [client, step, hasUnread]);
}
