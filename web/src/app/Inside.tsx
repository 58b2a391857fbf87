import { useQueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ReactElement, useEffect } from "react";
import { router } from "@/app/router";
import { address } from "@/lib/api";
import { useLiveInbox } from "@/lib/inbox";
import { listenTogether } from "@/lib/live/shared";
import { watchTab } from "@/lib/live/tab";
import { useLiveNotifications } from "@/lib/notifications";

/** The app for somebody who is logged in. */
export function Inside(): ReactElement {
  const client = useQueryClient();
  useLiveInbox(client);
  useLiveNotifications(client);
  useEffect(() => listenTogether(address("/events")), []);
  useEffect(watchTab, []);
  return <RouterProvider router={router} />;
}
