import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import lines from "@/components/lines.module.css";
import { get, type LoginSession, part, send, type Sessions as Found } from "@/lib/api";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { momentText } from "@/lib/time/due";
import { tell } from "@/lib/toasts";

/** Where one is logged in, with the way out of each. */
export function Sessions(): ReactElement {
  const found = useQuery({ queryKey: ["sessions"], queryFn: () => get<Found>("/me/sessions") });
  if (found.error) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <ul className={lines["lines"]}>
      {found.data?.items.map((one) => (
        <Row key={one.id} session={one} />
      ))}
    </ul>
  );
}

function Row({ session }: { session: LoginSession }): ReactElement {
  const texts = useTexts();
  const { settings } = texts;
  const client = useQueryClient();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const end = async (): Promise<void> => {
    try {
      await send("POST", `/sessions/${part(session.id)}/end`);
      tell(settings.sessionEnded);
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
    await client.invalidateQueries({ queryKey: ["sessions"] });
  };
  const words = session.is_this
    ? settings.sessionHere
    : settings.sessionSeen(momentText(session.seen_at, zone, locale));
  return (
    <li>
      <div>
        <strong>{browserOf(session.agent)}</strong>
        <p>{[session.address, words].filter(Boolean).join(" · ")}</p>
      </div>
      {!session.is_this && (
        <Button variant="subtle" flex="none" onClick={() => void end()}>
          {settings.sessionEnd}
        </Button>
      )}
    </li>
  );
}

const BROWSERS = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;
const SYSTEMS = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/** A browser in words that its owner knows; what is none is called as it calls itself. */
export function browserOf(agent: string): string {
  const first = (table: typeof BROWSERS | typeof SYSTEMS): string | undefined =>
    table.find(([sign]) => sign.test(agent))?.[1];
  return [first(BROWSERS), first(SYSTEMS)].filter(Boolean).join(", ") || agent.slice(0, 60);
}
