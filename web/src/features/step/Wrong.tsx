import { Alert, Text } from "@mantine/core";
import type { ReactElement } from "react";

/** What is wrong and has no place beside a field. */
export function Wrong({ messages }: { messages: readonly string[] }): ReactElement | null {
  if (messages.length === 0) return null;
  return (
    <Alert color="red" role="alert" mb="md">
      {messages.map((message) => (
        <Text key={message} size="sm" c="var(--sw-text)">
          {message}
        </Text>
      ))}
    </Alert>
  );
}
