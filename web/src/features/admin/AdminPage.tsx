import { Loader } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactElement } from "react";
import { Empty } from "@/components/Empty";
import { PageHead } from "@/components/PageHead";
import type { Me } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import styles from "./Admin.module.css";

const PARTS = {
  people: deferred(() => import("./people/People").then((found) => found.People)),
  roles: deferred(() => import("./roles/Roles").then((found) => found.Roles)),
  rights: deferred(() => import("./rights/Rights").then((found) => found.Rights)),
  tokens: deferred(() => import("./Tokens").then((found) => found.Tokens)),
  why: deferred(() => import("./Why").then((found) => found.Why)),
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
      <Shown waiting={<Loader size="sm" aria-label={texts.loading} />} />
    </div>
  );
}

function partsFor(rights: Me["rights"]): Part[] {
  const administers: Part[] = rights.includes("administer") ? ["people", "roles", "rights", "tokens"] : [];
  return rights.includes("operate") ? [...administers, "why"] : administers;
}
