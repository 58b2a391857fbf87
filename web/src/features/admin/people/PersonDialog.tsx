import { Button, Group, Loader, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Ask } from "@/components/Ask";
import { DialogEnd } from "@/components/DialogEnd";
import { Failed } from "@/components/Failed";
import { ApiTokens } from "@/components/tokens/ApiTokens";
import { get, part, type Person, send } from "@/lib/api";
import { changesOf } from "@/lib/conflicts";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { touchNames } from "../touch";
import { wrongIn } from "../wrong";
import { type Filled, PersonFields, type Wrong } from "./PersonFields";
import styles from "../Admin.module.css";

const FIELDS = ["display_name", "email", "manager", "language", "time_zone", "roles"];

/** One person: what is known, roles, password, API tokens, and whether they may log in. */
export function PersonDialog({ name, onClose }: { name: string; onClose: () => void }): ReactElement {
  const texts = useTexts();
  const found = useQuery({
    queryKey: ["person", name],
    queryFn: () => get<Person>(`/people/${part(name)}`),
    staleTime: 0,
  });
  const title = found.data?.display_name || name;
  return (
    <Modal opened onClose={onClose} title={title} size={640} closeButtonProps={{ "aria-label": texts.close }}>
      {found.error && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {!found.isFetchedAfterMount && <Loader size="sm" aria-label={texts.loading} />}
      {found.data && found.isFetchedAfterMount && (
        <div className={styles["card"]} style={{ padding: 0 }}>
          <Known key={name} person={found.data} onClose={onClose} />
          <h3>{texts.admin.setPassword}</h3>
          <NewPassword person={found.data} />
          <h3>{texts.tokens.title}</h3>
          <ApiTokens person={name} />
        </div>
      )}
    </Modal>
  );
}

function Known({ person, onClose }: { person: Person; onClose: () => void }): ReactElement {
  const texts = useTexts();
  const client = useQueryClient();
  const [before] = useState(person);
  const [filled, setFilled] = useState<Filled>(() => filledFrom(before));
  const [wrong, setWrong] = useState<Wrong>({});
  const { isBusy, submitOnce } = useOnce();
  const title = person.display_name || person.name;

  const submit = async (): Promise<void> => {
    try {
      await save(before, filled);
      tell(texts.admin.personSaved(title));
      onClose();
    } catch (error) {
      setWrong(wrongIn(error, FIELDS, says(error, texts)));
    }
    await touchNames(client);
  };
  return (
    <form onSubmit={submitOnce(submit)} noValidate>
      <Stack gap="md">
        <Text c="dimmed">{person.name}</Text>
        {wrong.all && (
          <Text role="alert" c="var(--sw-late)">
            {wrong.all}
          </Text>
        )}
        <PersonFields
          filled={filled}
          wrong={wrong}
          onChange={(changed) => setFilled({ ...filled, ...changed })}
        />
        <DialogEnd submit={texts.save} isBusy={isBusy} onCancel={onClose}>
          <Active person={person} />
        </DialogEnd>
      </Stack>
    </form>
  );
}

function filledFrom(person: Person): Filled {
  const { name, display_name, email, manager, language, time_zone, roles = [] } = person;
  return { name, display_name, email, manager, language, time_zone, roles };
}

/** What was changed of the person, so that others' changes stay; then the roles that are new and those that are left. */
async function save(person: Person, filled: Filled): Promise<void> {
  const { roles, ...known } = filled;
  const before = person.roles ?? [];
  await send("PUT", `/people/${part(person.name)}`, changesOf({ ...person }, known));
  const people = [person.name];
  for (const role of roles.filter((one) => !before.includes(one)))
    await send("POST", `/roles/${part(role)}/add-members`, { people });
  for (const role of before.filter((one) => !roles.includes(one)))
    await send("POST", `/roles/${part(role)}/remove-members`, { people });
}

function Active({ person }: { person: Person }): ReactElement | null {
  const { admin, ...texts } = useTexts();
  const me = useMe();
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const title = person.display_name || person.name;
  const turn = async (): Promise<void> => {
    await send("POST", `/people/${part(person.name)}/${person.is_active ? "disable" : "enable"}`);
    tell(person.is_active ? admin.disabled(title) : admin.enabled(title));
    await touchNames(client);
  };
  if (person.name === me.name) return null;
  if (!person.is_active)
    return (
      <Button
        variant="subtle"
        onClick={() => void turn().catch((error: unknown) => tell(says(error, texts), { isError: true }))}
      >
        {admin.enable}
      </Button>
    );
  return (
    <>
      <Button variant="subtle" onClick={() => setAsks(true)}>
        {admin.disable}
      </Button>
      {asks && (
        <Ask
          title={admin.disableTitle(title)}
          lead={admin.disableLead}
          submit={admin.disable}
          isDanger
          onSubmit={turn}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}

function NewPassword({ person }: { person: Person }): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState("");
  const { isBusy, submitOnce } = useOnce();
  const submit = async (): Promise<void> => {
    try {
      await send("PUT", `/people/${part(person.name)}/password`, { password });
      setPassword("");
      setWrong("");
      tell(admin.passwordSet(person.display_name || person.name));
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <form onSubmit={submitOnce(submit)} noValidate>
      <Group align="flex-end" gap="xs">
        <PasswordInput
          label={admin.password}
          description={`${admin.passwordHint} ${admin.setPasswordHint}`}
          autoComplete="new-password"
          value={password}
          error={wrong}
          flex={1}
          visibilityToggleButtonProps={{ "aria-label": texts.login.show }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={isBusy} disabled={password === ""}>
          {admin.setPassword}
        </Button>
      </Group>
    </form>
  );
}
