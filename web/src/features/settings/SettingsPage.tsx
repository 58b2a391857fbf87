import { SegmentedControl, Stack, Text, Title, useMantineColorScheme } from "@mantine/core";
import type { MantineColorScheme } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { ApiTokens } from "@/components/tokens/ApiTokens";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { useTitleOf } from "@/lib/title";
import { Password } from "./Password";
import { Region } from "./Region";
import { Sessions } from "./Sessions";
import { StepSettings } from "./StepSettings";
import styles from "./Settings.module.css";

/** What a person sets for themselves. */
export function SettingsPage(): ReactElement {
  const { settings, tokens } = useTexts();
  const me = useMe();
  useTitleOf(settings.title);
  return (
    <div className={styles["page"]}>
      <Title order={1} size="h3">
        {settings.title}
      </Title>
      <Text c="dimmed" mb="lg">
        {[me.display_name || me.name, me.email].filter(Boolean).join(" · ")}
        <br />
        {settings.lead}
      </Text>
      <Stack gap="lg">
        <Part title={settings.region}>
          <Region />
        </Part>
        <Part title={settings.steps}>
          <StepSettings />
        </Part>
        <Part title={settings.appearance} lead={settings.appearanceHint}>
          <Appearance />
        </Part>
        <Part title={settings.password} lead={settings.passwordHint}>
          <Password />
        </Part>
        <Part title={settings.sessions}>
          <Sessions />
        </Part>
        <Part title={tokens.title} lead={tokens.lead}>
          <ApiTokens person={me.name} canAdd />
        </Part>
      </Stack>
    </div>
  );
}

function Part({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children: ReactNode;
}): ReactElement {
  return (
    <section className={`sw-card ${styles["part"]}`} aria-label={title}>
      <h2>{title}</h2>
      {lead && <Text c="dimmed">{lead}</Text>}
      <div className={styles["fields"]}>{children}</div>
    </section>
  );
}

function Appearance(): ReactElement {
  const { shell } = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const data = [
    { value: "auto", label: shell.system },
    { value: "light", label: shell.light },
    { value: "dark", label: shell.dark },
  ];
  return (
    <SegmentedControl
      aria-label={shell.appearance}
      data={data}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
    />
  );
}
