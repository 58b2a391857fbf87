import { Stack, Text } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { Icon, type Sign } from "@/components/icons";

interface Given {
  title: string;
  sign: Sign;
  children?: ReactNode;
}

/** An empty place: what is not there, and how something would get here. */
export function Empty({ title, sign, children }: Given): ReactElement {
  return (
    <Stack align="center" gap={6} px="lg" py="xl" ta="center">
      <span className="sw-quiet">
        <Icon sign={sign} size={28} />
      </span>
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" size="sm" maw={320} component="div">
        {children}
      </Text>
    </Stack>
  );
}
