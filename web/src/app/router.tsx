import { createRootRoute, createRoute, createRouter, Link, redirect } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { HomePage } from "@/app/HomePage";
import { Shell } from "@/app/shell/Shell";
import { Empty } from "@/components/Empty";
import { LostPage } from "@/components/Lost";
import { activitySearch } from "@/features/activities/search";
import { deferred } from "@/lib/deferred";
import { logSearch } from "@/lib/log";
import { useFirstTexts } from "@/lib/texts";

/** `step` is the step that is open on top of the page, whichever it is. */
export interface Search {
  step?: string;
}

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  validateSearch: (given: Record<string, unknown>): Search =>
    typeof given["step"] === "string" ? { step: given["step"] } : {},
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: HomePage,
});

const tasks = createRoute({
  getParentRoute: () => root,
  path: "/tasks",
  component: deferred(() => import("@/app/TasksPage").then((found) => found.TasksPage)),
});

const log = createRoute({
  getParentRoute: () => root,
  path: "/log",
  validateSearch: logSearch,
  component: deferred(() => import("@/features/log/LogPage").then((found) => found.LogPage)),
});

const instance = createRoute({
  getParentRoute: () => root,
  path: "/log/$id",
  component: deferred(() => import("@/features/log/InstancePage").then((found) => found.InstancePage)),
});

const processes = createRoute({
  getParentRoute: () => root,
  path: "/processes",
  component: deferred(() =>
    import("@/features/processes/ProcessesPage").then((found) => found.ProcessesPage),
  ),
});

const process = createRoute({
  getParentRoute: () => root,
  path: "/processes/$id",
  validateSearch: (given: Record<string, unknown>): { version?: string } =>
    typeof given["version"] === "string" ? { version: given["version"] } : {},
  component: deferred(() => import("@/features/processes/ProcessPage").then((found) => found.ProcessPage)),
});

const deploy = createRoute({
  getParentRoute: () => root,
  path: "/deploy",
  component: deferred(() => import("@/features/deploy/DeployPage").then((found) => found.DeployPage)),
});

const notifications = createRoute({
  getParentRoute: () => root,
  path: "/notifications",
  component: deferred(() => import("@/app/NotificationsPage").then((found) => found.NotificationsPage)),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: deferred(() => import("@/features/settings/SettingsPage").then((found) => found.SettingsPage)),
});

const activities = createRoute({
  getParentRoute: () => root,
  path: "/activities",
  validateSearch: activitySearch,
  component: deferred(() =>
    import("@/features/activities/ActivitiesPage").then((found) => found.ActivitiesPage),
  ),
});

const newActivity = createRoute({
  getParentRoute: () => root,
  path: "/activities/new",
  validateSearch: activitySearch,
  component: deferred(() =>
    import("@/features/activities/NewActivityPage").then((found) => found.NewActivityPage),
  ),
});

const activity = createRoute({
  getParentRoute: () => root,
  path: "/activities/$id",
  component: deferred(() => import("@/features/activities/ActivityPage").then((found) => found.ActivityPage)),
});

const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin/{-$part}",
  component: deferred(() => import("@/features/admin/AdminPage").then((found) => found.AdminPage)),
});

/** The record of an activity is its page. */
const activityRecord = createRoute({
  getParentRoute: () => root,
  path: "/records/activity/$id",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/activities/$id", params: { id: params.id }, replace: true });
  },
});

const section = createRoute({
  getParentRoute: () => root,
  path: "/records/$type",
  component: deferred(() => import("@/features/records/ListPage").then((found) => found.ListPage)),
});

const record = createRoute({
  getParentRoute: () => root,
  path: "/records/$type/$id",
  component: deferred(() => import("@/features/record/RecordPage").then((found) => found.RecordPage)),
});

const lookups = createRoute({
  getParentRoute: () => root,
  path: "/lookups",
  component: deferred(() => import("@/features/lookups/LookupsPage").then((found) => found.LookupsPage)),
});

const lookup = createRoute({
  getParentRoute: () => lookups,
  path: "/$type",
  component: deferred(() => import("@/features/lookups/LookupPage").then((found) => found.LookupPage)),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    tasks,
    notifications,
    settings,
    activities,
    newActivity,
    activity,
    admin,
    activityRecord,
    section,
    record,
    lookups.addChildren([lookup]),
    log,
    instance,
    processes,
    process,
    deploy,
  ]),
  defaultErrorComponent: LostPage,
  // An id of a step is text, though it may look like a number.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined);
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return text && `?${text}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

function NotFound(): ReactElement {
  const texts = useFirstTexts();
  return (
    <Empty title={texts.notFound} sign="search">
      <Link to="/">{texts.goHome}</Link>
    </Empty>
  );
}
