import type { ReactElement } from "react";
import { usePersonName, useRoleNames } from "./names";

export function PersonName({ name }: { name: string }): ReactElement {
  return <>{usePersonName(name)}</>;
}

export function RoleNames({ names }: { names: readonly string[] }): ReactElement {
  return <>{useRoleNames(names).join(", ")}</>;
}
