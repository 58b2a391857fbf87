import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Inside } from "@/app/Inside";
import { Failed } from "@/components/Failed";
import { get, type Me, Refused, sessionEnded, startOver } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { MeContext } from "@/lib/session";
import { languageOf, type Speech, SpeechContext, textsIn } from "@/lib/texts";

const LoginPage = deferred(() => import("@/features/login/LoginPage").then((found) => found.LoginPage));

/** Who works here, as the server says. */
export const me = queryOptions({ queryKey: ["me"], queryFn: () => get<Me>("/me"), staleTime: Infinity });

/** The login, or the app for who is logged in; the address stays the same in both. */
export function Entrance(): ReactElement | null {
  const client = useQueryClient();
  const found = useQuery(me);
  const [hasEnded, setHasEnded] = useState(false);
  const before = useRef<string | null>(null); // whose session it was that ended here
  const isOut = found.error instanceof Refused && found.error.status === 401;
  const language = languageOf(found.data && !isOut ? [found.data.language] : navigator.languages);

  useEffect(() => {
    const ended = (): void => {
      const last = client.getQueryData(me.queryKey);
      if (last === undefined) return;
      before.current = last.name;
      setHasEnded(true);
      client.clear();
    };
    sessionEnded.addEventListener("ended", ended);
    return () => sessionEnded.removeEventListener("ended", ended);
  }, [client]);

  const welcome = useCallback(
    (person: Me) => {
      if (before.current !== null && before.current !== person.name) {
        startOver(); // what the one before had opened or chosen here is not theirs
        return;
      }
      setHasEnded(false);
      client.setQueryData(me.queryKey, person);
    },
    [client],
  );

  if (found.isPending) return null;
  return (
    <Speaking language={language} locale={found.data?.language ?? navigator.language}>
      {found.data ? (
        <MeContext value={found.data}>
          <Inside />
        </MeContext>
      ) : isOut ? (
        <LoginPage hasEnded={hasEnded} onLogin={welcome} />
      ) : (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      )}
    </Speaking>
  );
}

interface Spoken {
  language: string;
  locale: string;
  children: ReactNode;
}

function Speaking({ language, locale, children }: Spoken): ReactElement | null {
  const [speech, setSpeech] = useState<Speech | null>(null);
  useEffect(() => {
    let isWanted = true;
    document.documentElement.lang = language;
    void textsIn(language).then(
      (texts) => isWanted && setSpeech({ language, texts, locale: localeOf(locale, language) }),
    );
    return () => {
      isWanted = false;
    };
  }, [language, locale]);
  return speech && <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** Numbers and dates as in the texts' language; English is that of Europe unless the person's is another one. */
function localeOf(wanted: string, language: string): string {
  if (!wanted.toLowerCase().startsWith(language)) return language === "en" ? "en-GB" : language;
  return wanted === "en" ? "en-GB" : wanted;
}
