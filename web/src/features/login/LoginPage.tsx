import { Alert, Button, Chip, Group, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { type ReactElement, type SubmitEvent, useRef, useState } from "react";
import { type Me, Refused, send } from "@/lib/api";
import { demoPeople } from "@/lib/session";
import { says } from "@/lib/says";
import { type FirstTexts, useFirstTexts } from "@/lib/texts";
import styles from "./LoginPage.module.css";

interface Given {
  hasEnded: boolean;
  onLogin: (me: Me) => void;
}

interface Wrong {
  name?: string;
  password?: string;
  all?: string;
}

export function LoginPage({ hasEnded, onLogin }: Given): ReactElement {
  const texts = useFirstTexts();
  const [name, setName] = useState("");
  const passwordField = useRef<HTMLInputElement>(null);
  const choose = (person: string): void => {
    setName(person);
    passwordField.current?.focus();
  };
  return (
    <main className={styles["page"]}>
      <div className={`sw-card ${styles["card"]}`}>
        <Group gap="sm" mb={4}>
          <img src="/icon.svg" alt="" width={36} height={36} />
          <Title order={1} size="h3">
            {texts.app}
          </Title>
        </Group>
        <Text c="dimmed" mb="lg">
          {texts.login.lead}
        </Text>
        {hasEnded && (
          <Alert mb="md" color="accent">
            {texts.login.ended}
          </Alert>
        )}
        <LoginForm name={name} onName={setName} passwordField={passwordField} onLogin={onLogin} />
        <DemoPeople chosen={name} onChoose={choose} />
      </div>
    </main>
  );
}

interface FormGiven {
  name: string;
  onName: (name: string) => void;
  passwordField: React.RefObject<HTMLInputElement | null>;
  onLogin: (me: Me) => void;
}

function LoginForm({ name, onName, passwordField, onLogin }: FormGiven): ReactElement {
  const texts = useFirstTexts();
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<Wrong>({});
  const [isBusy, setIsBusy] = useState(false);

  const logIn = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const missing = missingIn(name, password, texts);
    setWrong(missing);
    if (missing.name || missing.password) return;
    setIsBusy(true);
    try {
      onLogin(await send<Me>("POST", "/login", { name: name.trim(), password }));
    } catch (error) {
      const isUnknown = error instanceof Refused && error.status === 401;
      setWrong({ all: isUnknown ? texts.login.wrong : says(error, texts) });
      passwordField.current?.select();
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void logIn(event)} noValidate>
      <Stack gap="sm">
        <TextInput
          label={texts.login.name}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          autoFocus={true /* oxlint-disable-line jsx-a11y/no-autofocus -- the page is nothing but this */}
          value={name}
          onChange={(event) => onName(event.currentTarget.value)}
          error={wrong.name}
        />
        <PasswordInput
          label={texts.login.password}
          name="password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": texts.login.show }}
          ref={passwordField}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong.password}
        />
        {wrong.all && (
          <Text role="alert" c="var(--sw-late)" size="sm">
            {wrong.all}
          </Text>
        )}
        <Button type="submit" loading={isBusy} fullWidth mt="xs" size="md">
          {texts.login.submit}
        </Button>
      </Stack>
    </form>
  );
}

function missingIn(name: string, password: string, texts: FirstTexts): Wrong {
  return {
    ...(name.trim() ? {} : { name: texts.login.nameMissing }),
    ...(password ? {} : { password: texts.login.passwordMissing }),
  };
}

function DemoPeople({
  chosen,
  onChoose,
}: {
  chosen: string;
  onChoose: (name: string) => void;
}): ReactElement | null {
  const texts = useFirstTexts();
  const people = demoPeople();
  if (people.length === 0) return null;
  return (
    <section className={styles["demo"]} aria-labelledby="demo-people">
      <Text id="demo-people" size="sm" mb="xs">
        {texts.login.demo}
      </Text>
      <Chip.Group value={chosen} onChange={(value) => onChoose(String(value))}>
        <Group gap={6}>
          {people.map((name) => (
            <Chip key={name} value={name} size="sm" variant="outline">
              {name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </section>
  );
}
