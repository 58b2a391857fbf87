import { RouterProvider } from "@tanstack/react-router";
import { type ReactElement, useEffect } from "react";
import { router } from "@/app/router";
import { address } from "@/lib/api";
import { useLiveInbox } from "@/lib/inbox";
import { listenTogether } from "@/lib/live/shared";
import { watchTab } from "@/lib/live/tab";
import { useLiveNotifications } from "@/lib/notifications";
import { useMe } from "@/lib/session";
import { allTextsIn, useLanguage } from "@/lib/texts";
import { useLiveRecords } from "@/lib/touch";
import { agreeOnPerson } from "@/lib/whose";

const SOON = 1_500; // milliseconds: the first page comes first

/** The app for somebody who is logged in. */
export function Inside(): ReactElement {
  const language = useLanguage();
  const { name } = useMe();
  useLiveInbox();
  useLiveNotifications();
  useLiveRecords();
  useEffect(() => agreeOnPerson(name), [name]);
  useEffect(() => listenTogether(address("/events"), name), [name]);
  useEffect(watchTab, []);
  useEffect(() => {
    const timer = window.setTimeout(() => void allTextsIn(language).catch(() => undefined), SOON);
    return () => window.clearTimeout(timer);
  }, [language]);
  return <RouterProvider router={router} />;
}
