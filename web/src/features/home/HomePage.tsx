import { Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";

export function HomePage(): ReactElement {
  const { home } = useTexts();
  const me = useMe();
  return (
    <>
      <Title order={1} size="h2">
        {home.title(me.display_name || me.name)}
      </Title>
      <Text c="dimmed">{home.lead}</Text>
    </>
  );
}
