import { Button, Text } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Ask } from "@/components/Ask";
import { Empty } from "@/components/Empty";
import { PersonName } from "@/components/PersonName";
import type { Column } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import { listingOf } from "@/components/table/listing";
import { type ApiToken, type ApiTokens, get, part, send } from "@/lib/api";
import { useMe } from "@/lib/session";
import { type Texts, useLocale, useTexts } from "@/lib/texts";
import { dateText, momentText } from "@/lib/time/due";
import { tell } from "@/lib/toasts";

/** The API tokens of everybody. */
export function Tokens(): ReactElement {
  const texts = useTexts();
  const { time_zone: zone } = useMe();
  const locale = useLocale();
  const client = useQueryClient();
  const [asked, setAsked] = useState<ApiToken | null>(null);
  const found = useInfiniteQuery({
    queryKey: ["api-tokens", "of everybody"],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<ApiTokens>("/api-tokens", { of_everybody: true, limit: 50, after: pageParam }),
    getNextPageParam: (last) => last.after ?? null,
  });
  const revoke = async (token: ApiToken): Promise<void> => {
    await send("POST", `/api-tokens/${part(token.id)}/revoke`);
    tell(texts.tokens.revoked(token.name));
    await client.invalidateQueries({ queryKey: ["api-tokens"] });
  };
  return (
    <>
      <Text c="dimmed" mb="md">
        {texts.admin.tokensLead}
      </Text>
      <DataTable
        label={texts.admin.tokens}
        columns={columnsFor(texts, { zone, locale }, setAsked)}
        listing={listingOf(found)}
        keyOf={(token) => token.id}
        empty={<Empty title={texts.tokens.none} sign="settings" />}
      />
      {asked && (
        <Ask
          title={texts.tokens.revokeTitle(asked.name)}
          lead={texts.tokens.revokeLead}
          submit={texts.tokens.revoke}
          isDanger
          onSubmit={() => revoke(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function columnsFor(
  texts: Texts,
  reader: { zone: string; locale: string },
  onRevoke: (token: ApiToken) => void,
): Column<ApiToken>[] {
  const { admin, tokens } = texts;
  return [
    { name: "name", label: admin.token, isMain: true, show: (one) => one.name },
    { name: "person", label: admin.person, show: (one) => <PersonName name={one.person} /> },
    { name: "scope", label: admin.scope, show: (one) => tokens.scopes[one.scope] },
    {
      name: "until",
      label: admin.until,
      show: (one) => (one.expires_at ? dateText(one.expires_at, reader.zone, reader.locale) : tokens.forever),
    },
    {
      name: "seen",
      label: admin.lastUsed,
      show: (one) => (one.seen_at ? momentText(one.seen_at, reader.zone, reader.locale) : tokens.unseen),
    },
    {
      name: "tools",
      label: tokens.revoke,
      kind: "tools",
      show: (one) => (
        <Button
          variant="subtle"
          size="compact-sm"
          h={36}
          aria-label={`${tokens.revoke}: ${one.name}`}
          onClick={() => onRevoke(one)}
        >
          {tokens.revoke}
        </Button>
      ),
    },
  ];
}
