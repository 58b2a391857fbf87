import { Loader } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense } from "react";
import { Empty } from "@/components/Empty";
import { PageHead } from "@/components/PageHead";
import type { Me } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import styles from "./Admin.module.css";

const PARTS = {
  people: lazy(() => import("./people/People").then((found) => ({ default: found.People }))),
  roles: lazy(() => import("./roles/Roles").then((found) => ({ default: found.Roles }))),
  rights: lazy(() => import("./rights/Rights").then((found) => ({ default: found.Rights }))),
  tokens: lazy(() => import("./Tokens").then((found) => ({ default: found.Tokens }))),
  why: lazy(() => import("./Why").then((found) => ({ default: found.Why }))),
};
type Part = keyof typeof PARTS;

/** What those who administer or operate look after; others are told that it is not for them. */
export function AdminPage(): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const parts = partsFor(useMe().rights);
  const { part } = useParams({ strict: false });
  const shown = parts.find((one) => one === part) ?? parts[0];
  if (!shown)
    return (
      <Empty title={admin.refused} sign="settings">
        {admin.refusedHint} <Link to="/">{texts.goHome}</Link>
      </Empty>
    );
  const Shown = PARTS[shown];
  return (
    <div className={styles["page"]}>
      <PageHead title={admin.title} />
      <nav aria-label={admin.title} className={styles["parts"]}>
        {parts.map((one) => (
          <Link
            key={one}
            to="/admin/{-$part}"
            params={{ part: one }}
            aria-current={one === shown ? "page" : undefined}
          >
            {admin[one]}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Loader size="sm" aria-label={texts.loading} />}>
        <Shown />
      </Suspense>
    </div>
  );
}

function partsFor(rights: Me["rights"]): Part[] {
  const administers: Part[] = rights.includes("administer") ? ["people", "roles", "rights", "tokens"] : [];
  return rights.includes("operate") ? [...administers, "why"] : administers;
}
