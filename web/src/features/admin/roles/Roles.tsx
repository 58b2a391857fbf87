import { Button, Loader, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import type { Role } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import styles from "../Admin.module.css";
import { AddRole } from "./AddRole";
import { useRoles } from "./data";
import { RoleCard } from "./RoleCard";
import { type Branch, treeOf } from "./tree";

/** The role tree, and beside it the role that is chosen. */
export function Roles(): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const found = useRoles();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  if (found.error && !found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label={texts.loading} />;
  const roles = found.data;
  const role = roles.find((one) => one.name === chosen);
  const tree = treeOf(roles.filter((one) => one.kind === "organisational"));
  const functional = treeOf(roles.filter((one) => one.kind === "functional"));
  const given = { chosen, onChoose: setChosen };
  return (
    <>
      <div className={styles["bar"]}>
        <Button leftSection={<Icon sign="plus" size={16} />} onClick={() => setIsAdding(true)}>
          {admin.addRole}
        </Button>
      </div>
      <div className={styles["split"]}>
        <section className={`sw-card ${styles["card"]}`} aria-label={admin.roles}>
          <h2>{admin.tree}</h2>
          {tree.length > 0 ? <Tree branches={tree} {...given} /> : <Text c="dimmed">{admin.noRoles}</Text>}
          {functional.length > 0 && <h3>{admin.functional}</h3>}
          <Tree branches={functional} {...given} />
        </section>
        {role ? (
          <RoleCard key={role.name} role={role} roles={roles} onRemoved={() => setChosen(null)} />
        ) : (
          <div className="sw-card">
            <Empty title={admin.chooseRole} sign="person" />
          </div>
        )}
      </div>
      {isAdding && <AddRole roles={roles} onClose={() => setIsAdding(false)} onAdded={setChosen} />}
    </>
  );
}

interface TreeGiven {
  branches: readonly Branch[];
  chosen: string | null;
  onChoose: (name: string) => void;
}

function Tree({ branches, chosen, onChoose }: TreeGiven): ReactElement | null {
  if (branches.length === 0) return null;
  return (
    <ul className={styles["tree"]}>
      {branches.map(({ role, below }) => (
        <li key={role.name}>
          <button type="button" aria-pressed={role.name === chosen} onClick={() => onChoose(role.name)}>
            {nameOf(role)}
          </button>
          <Tree branches={below} chosen={chosen} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
}

export const nameOf = (role: Role): string => role.label || role.name;
