import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  redirect,
} from "@tanstack/react-router";
import type { ReactElement } from "react";
import { HomePage } from "@/app/HomePage";
import { Shell } from "@/app/shell/Shell";
import { Empty } from "@/components/Empty";
import { activitySearch } from "@/features/activities/search";
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
  component: lazyRouteComponent(() => import("@/app/TasksPage"), "TasksPage"),
});

const log = createRoute({
  getParentRoute: () => root,
  path: "/log",
  validateSearch: logSearch,
  component: lazyRouteComponent(() => import("@/features/log/LogPage"), "LogPage"),
});

const instance = createRoute({
  getParentRoute: () => root,
  path: "/log/$id",
  component: lazyRouteComponent(() => import("@/features/log/InstancePage"), "InstancePage"),
});

const processes = createRoute({
  getParentRoute: () => root,
  path: "/processes",
  component: lazyRouteComponent(() => import("@/features/processes/ProcessesPage"), "ProcessesPage"),
});

const process = createRoute({
  getParentRoute: () => root,
  path: "/processes/$id",
  validateSearch: (given: Record<string, unknown>): { version?: string } =>
    typeof given["version"] === "string" ? { version: given["version"] } : {},
  component: lazyRouteComponent(() => import("@/features/processes/ProcessPage"), "ProcessPage"),
});

const deploy = createRoute({
  getParentRoute: () => root,
  path: "/deploy",
  component: lazyRouteComponent(() => import("@/features/deploy/DeployPage"), "DeployPage"),
});

const notifications = createRoute({
  getParentRoute: () => root,
  path: "/notifications",
  component: lazyRouteComponent(() => import("@/app/NotificationsPage"), "NotificationsPage"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("@/features/settings/SettingsPage"), "SettingsPage"),
});

const activities = createRoute({
  getParentRoute: () => root,
  path: "/activities",
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import("@/features/activities/ActivitiesPage"), "ActivitiesPage"),
});

const newActivity = createRoute({
  getParentRoute: () => root,
  path: "/activities/new",
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import("@/features/activities/NewActivityPage"), "NewActivityPage"),
});

const activity = createRoute({
  getParentRoute: () => root,
  path: "/activities/$id",
  component: lazyRouteComponent(() => import("@/features/activities/ActivityPage"), "ActivityPage"),
});

const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin/{-$part}",
  component: lazyRouteComponent(() => import("@/features/admin/AdminPage"), "AdminPage"),
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
  component: lazyRouteComponent(() => import("@/features/records/ListPage"), "ListPage"),
});

const record = createRoute({
  getParentRoute: () => root,
  path: "/records/$type/$id",
  component: lazyRouteComponent(() => import("@/features/record/RecordPage"), "RecordPage"),
});

const lookups = createRoute({
  getParentRoute: () => root,
  path: "/lookups",
  component: lazyRouteComponent(() => import("@/features/lookups/LookupsPage"), "LookupsPage"),
});

const lookup = createRoute({
  getParentRoute: () => lookups,
  path: "/$type",
  component: lazyRouteComponent(() => import("@/features/lookups/LookupPage"), "LookupPage"),
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
