import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Entrance, me } from "@/app/Entrance";
import { theme } from "@/app/theme";
import { Lost } from "@/components/Lost";
import { Refused } from "@/lib/api";
import { LostContext } from "@/lib/deferred";

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
        <LostContext value={Lost}>
          <Entrance />
        </LostContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}
