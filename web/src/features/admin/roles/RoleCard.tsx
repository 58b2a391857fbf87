import { Button, CloseButton, Group, Loader, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Ask } from "@/components/Ask";
import { Failed } from "@/components/Failed";
import { ReceiverField } from "@/components/ReceiverField";
import { part, type Person, type Role, send } from "@/lib/api";
import { isSame } from "@/lib/conflicts";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "../Admin.module.css";
import { touchNames } from "../touch";
import { wrongIn } from "../wrong";
import { changedOf, rebased } from "./changed";
import { useMembers } from "./data";
import { type Filled, RoleFields } from "./RoleFields";
import { inheritedOf, namesBelow } from "./tree";

interface Given {
  role: Role;
  roles: readonly Role[];
  onRemoved: () => void;
}

/** A role: what it is, who is in it, and who is in it through others. */
export function RoleCard({ role, roles, onRemoved }: Given): ReactElement {
  const { admin } = useTexts();
  const name = role.label || role.name;
  return (
    <section className={`sw-card ${styles["card"]}`} aria-label={name}>
      <h2>
        {name} {role.label && <span className={styles["quiet"]}>{role.name}</span>}
      </h2>
      <Known role={role} roles={roles} onRemoved={onRemoved} />
      <h3>{admin.members}</h3>
      <Members role={role} roles={roles} />
    </section>
  );
}

function Known({ role, roles, onRemoved }: Given): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const client = useQueryClient();
  const { name, ...known } = role;
  const [before, setBefore] = useState<Filled>(known);
  const [filled, setFilled] = useState<Filled>(known);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [asks, setAsks] = useState(false);
  const { isBusy, submitOnce } = useOnce();
  const title = role.label || name;
  if (!isSame(known, before)) {
    setBefore(known);
    setFilled(rebased(before, filled, known));
  }
  const submit = async (): Promise<void> => {
    try {
      await send("PUT", `/roles/${part(name)}`, changedOf(before, filled));
      setWrong({});
      tell(admin.roleSaved(title));
      await touchNames(client);
    } catch (error) {
      setWrong(wrongIn(error, ["label", "kind", "parent"], says(error, texts)));
    }
  };
  const remove = async (): Promise<void> => {
    await send("POST", `/roles/${part(name)}/remove`);
    tell(admin.roleRemoved(title));
    onRemoved();
    await touchNames(client);
  };
  return (
    <form onSubmit={submitOnce(submit)} noValidate>
      {wrong["all"] && (
        <Text role="alert" c="var(--sw-late)" mb="sm">
          {wrong["all"]}
        </Text>
      )}
      <RoleFields
        filled={filled}
        roles={roles}
        name={name}
        wrong={wrong}
        onChange={(changed) => setFilled({ ...filled, ...changed })}
      />
      <Group mt="md">
        <Button type="submit" loading={isBusy}>
          {texts.save}
        </Button>
        <Button variant="subtle" onClick={() => setAsks(true)}>
          {admin.removeRole}
        </Button>
      </Group>
      {asks && (
        <Ask
          title={admin.removeRoleTitle(title)}
          lead={admin.removeRoleLead}
          submit={admin.removeRole}
          isDanger
          onSubmit={remove}
          onClose={() => setAsks(false)}
        />
      )}
    </form>
  );
}

function Members({ role, roles }: { role: Role; roles: readonly Role[] }): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const client = useQueryClient();
  const found = useMembers([role.name, ...namesBelow(roles, role.name)]);
  if (found.error && !found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label={texts.loading} />;
  const direct = found.data[0]?.people ?? [];
  const inherited = inheritedOf(found.data);
  const change = async (what: "add-members" | "remove-members", person: string): Promise<void> => {
    try {
      await send("POST", `/roles/${part(role.name)}/${what}`, { people: [person] });
      await touchNames(client);
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
  };
  return (
    <>
      {direct.length === 0 && <Text c="dimmed">{admin.noMembers}</Text>}
      <ul className={styles["members"]}>
        {direct.map((one) => (
          <li key={one.name}>
            {called(one)}
            <CloseButton
              size={36}
              iconSize={14}
              aria-label={admin.removeMember(called(one))}
              onClick={() => void change("remove-members", one.name)}
            />
          </li>
        ))}
      </ul>
      <ReceiverField
        label={admin.addMember}
        value={null}
        onChange={(to) => to && void change("add-members", to.name)}
      />
      {inherited.length > 0 && <h3>{admin.inherited}</h3>}
      <ul className={styles["members"]}>
        {inherited.map(({ person, through }) => (
          <li key={person.name}>
            {called(person)}
            <span className={styles["quiet"]}>{admin.inheritedFrom(through.join(", "))}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const called = (person: Person): string => person.display_name || person.name;
