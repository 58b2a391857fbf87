import { Button, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { says } from "@/lib/says";
import { useFirstTexts } from "@/lib/texts";

interface Given {
  error?: unknown;
  /** Instead of what the error says. */
  words?: string;
  onRetry: () => void;
}

/** What could not be shown, and the way to try once more. */
export function Failed({ error, words, onRetry }: Given): ReactElement {
  const texts = useFirstTexts();
  return (
    <Stack align="center" gap="sm" p="xl" role="alert">
      <Icon sign="warning" size={28} />
      <Text ta="center" maw={420}>
        {words ?? says(error, texts)}
      </Text>
      <Button variant="default" onClick={onRetry}>
        {texts.retry}
      </Button>
    </Stack>
  );
}
