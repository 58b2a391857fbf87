import { Button, Skeleton, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Ask } from "@/components/Ask";
import { Failed } from "@/components/Failed";
import lines from "@/components/lines.module.css";
import { type ApiToken, part, send } from "@/lib/api";
import { everything } from "@/lib/everything";
import { useMe, useNow } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { dateText, momentText } from "@/lib/time/due";
import { tell } from "@/lib/toasts";
import { NewToken } from "./NewToken";

/** The API tokens of a person, with the way to revoke them, and to make one for oneself. */
export function ApiTokens({ person, canAdd = false }: { person: string; canAdd?: boolean }): ReactElement {
  const { tokens } = useTexts();
  const me = useMe();
  const [isAdding, setIsAdding] = useState(false);
  const found = useQuery({
    queryKey: ["api-tokens", person],
    queryFn: () => everything<ApiToken>("/api-tokens", person === me.name ? {} : { person }),
  });
  if (found.error) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={48} />;
  return (
    <>
      {found.data.length === 0 && <Text c="dimmed">{tokens.none}</Text>}
      <ul className={lines["lines"]}>
        {found.data.map((one) => (
          <TokenRow key={one.id} token={one} />
        ))}
      </ul>
      {canAdd && (
        <Button variant="default" onClick={() => setIsAdding(true)} style={{ alignSelf: "flex-start" }}>
          {tokens.add}
        </Button>
      )}
      {isAdding && <NewToken onClose={() => setIsAdding(false)} />}
    </>
  );
}

function TokenRow({ token }: { token: ApiToken }): ReactElement {
  const { tokens } = useTexts();
  const [asks, setAsks] = useState(false);
  const client = useQueryClient();
  const revoke = async (): Promise<void> => {
    await send("POST", `/api-tokens/${part(token.id)}/revoke`);
    tell(tokens.revoked(token.name));
    await client.invalidateQueries({ queryKey: ["api-tokens"] });
  };
  return (
    <li>
      <div>
        <strong>{token.name}</strong>
        <TokenWords token={token} />
      </div>
      <Button
        variant="subtle"
        flex="none"
        aria-label={`${tokens.revoke}: ${token.name}`}
        onClick={() => setAsks(true)}
      >
        {tokens.revoke}
      </Button>
      {asks && (
        <Ask
          title={tokens.revokeTitle(token.name)}
          lead={tokens.revokeLead}
          submit={tokens.revoke}
          isDanger
          onSubmit={revoke}
          onClose={() => setAsks(false)}
        />
      )}
    </li>
  );
}

function TokenWords({ token }: { token: ApiToken }): ReactElement {
  const { tokens } = useTexts();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const now = useNow();
  const isExpired = token.expires_at ? new Date(token.expires_at) < now : false;
  const until = token.expires_at
    ? tokens.expires(dateText(token.expires_at, zone, locale))
    : tokens.unlimited;
  const seen = token.seen_at ? tokens.seen(momentText(token.seen_at, zone, locale)) : tokens.unseen;
  return (
    <p data-late={isExpired || undefined}>
      {[tokens.scopes[token.scope], isExpired ? tokens.expired : until, seen].join(" · ")}
    </p>
  );
}
