import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Entrance } from "@/app/Entrance";
import { theme } from "@/app/theme";
import { Refused } from "@/lib/api";

const TRIES = 2;

function clientOf(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => error instanceof Refused && error.status === 0 && count < TRIES,
      },
    },
  });
}

export function App(): ReactElement {
  const [client] = useState(clientOf);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Entrance />
      </QueryClientProvider>
    </MantineProvider>
  );
}
