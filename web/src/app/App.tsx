import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Entrance, me } from "@/app/Entrance";
import { theme } from "@/app/theme";
import { Refused } from "@/lib/api";

const TRIES = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => error instanceof Refused && error.status === 0 && count < TRIES,
    },
  },
});
void client.prefetchQuery(me); // asked while React makes the page

export function App(): ReactElement {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Entrance />
      </QueryClientProvider>
    </MantineProvider>
  );
}
