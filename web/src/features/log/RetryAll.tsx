import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Ask } from "@/components/Ask";
import type { Incident } from "@/lib/api";
import { everything } from "@/lib/everything";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { retryAll } from "./retrying";

interface Given {
  lead: string;
  read: () => Promise<readonly Pick<Incident, "id">[]>;
}

/** Lets much that is stuck try again, after a question. */
export function RetryAll({ lead, read }: Given): ReactElement {
  const { log } = useTexts();
  const client = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const go = async (): Promise<void> => {
    const { goOn, stuck } = await retryAll(await read());
    tell(log.incident.retried(goOn, stuck), { isError: stuck > 0 });
    await Promise.all(["log", "instance"].map((name) => client.invalidateQueries({ queryKey: [name] })));
  };
  return (
    <>
      <Button variant="default" onClick={() => setIsAsked(true)}>
        {log.incident.retryAll}
      </Button>
      {isAsked && (
        <Ask
          title={log.incident.retryAll}
          lead={lead}
          submit={log.incident.retry}
          onSubmit={go}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}

/** All that is stuck, or what is stuck of one process. */
export function RetryStuck({ process, name }: { process: string; name: string }): ReactElement {
  const { log } = useTexts();
  return (
    <RetryAll
      lead={name ? log.incident.retryOf(name) : log.incident.retryEvery}
      read={() => everything<Incident>("/incidents", process ? { process_id: process } : {})}
    />
  );
}
