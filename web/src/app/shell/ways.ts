/** The ways through the app, in their groups; what a person may not use is not among them. */
import { linkOptions, type LinkProps } from "@tanstack/react-router";
import { type Sign, signOfType } from "@/components/icons";
import { lookupsOf, sectionsOf, useRecordTypes } from "@/lib/records";
import { useMe } from "@/lib/session";
import { useFirstTexts } from "@/lib/texts";

export interface Way {
  link: LinkProps;
  label: string;
  sign: Sign;
  /** Whether it says how many tasks wait. */
  withCounter?: boolean;
}

export interface Ways {
  name: string;
  /** None where the ways speak for themselves. */
  label: string | null;
  ways: Way[];
}

export function useWays(): Ways[] {
  const { shell, ways } = useFirstTexts();
  const { rights } = useMe();
  const types = useRecordTypes().data ?? [];
  const first: Way[] = [
    { link: linkOptions({ to: "/" }), label: shell.home, sign: "home" },
    { link: linkOptions({ to: "/tasks" }), label: shell.tasks, sign: "tasks", withCounter: true },
    { link: linkOptions({ to: "/activities" }), label: ways.activities, sign: "activity" },
  ];
  const sections: Way[] = sectionsOf(types).map((type) => ({
    link: linkOptions({ to: "/records/$type", params: { type: type.name } }),
    label: type.plural,
    sign: signOfType(type.name),
  }));
  const ofProcesses: Way[] = [
    { link: linkOptions({ to: "/processes" }), label: ways.processes, sign: "process" },
    { link: linkOptions({ to: "/log" }), label: ways.log, sign: "log" },
  ];
  const administration: Way[] = [];
  if (lookupsOf(types).length > 0)
    administration.push({ link: linkOptions({ to: "/lookups" }), label: ways.lookups, sign: "list" });
  if (rights.includes("administer") || rights.includes("operate"))
    administration.push({
      link: linkOptions({ to: "/admin/{-$part}" }),
      label: ways.administration,
      sign: "settings",
    });
  return [
    { name: "first", label: null, ways: first },
    { name: "sections", label: shell.sections, ways: sections },
    { name: "processes", label: null, ways: ofProcesses },
    { name: "administration", label: null, ways: administration },
  ].filter((group) => group.ways.length > 0);
}
