import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { Failed } from "@/components/Failed";
import { get, type Me, Refused, sessionEnded, startOver } from "@/lib/api";
import { MeContext } from "@/lib/session";
import { languageOf, type Speech, SpeechContext, textsIn } from "@/lib/texts";

// Asked for at once, while the server says who is logged in: most are, and who is not soon will be.
const inside = import("@/app/Inside");
const Inside = lazy(() => inside.then((found) => ({ default: found.Inside })));
const LoginPage = lazy(() =>
  import("@/features/login/LoginPage").then((found) => ({ default: found.LoginPage })),
);

/** The login, or the app for who is logged in; the address stays the same in both. */
export function Entrance(): ReactElement | null {
  const client = useQueryClient();
  const me = useQuery({ queryKey: ["me"], queryFn: () => get<Me>("/me"), staleTime: Infinity });
  const [hasEnded, setHasEnded] = useState(false);
  const before = useRef<string | null>(null); // whose session it was that ended here
  const isOut = me.error instanceof Refused && me.error.status === 401;
  const language = languageOf(me.data && !isOut ? [me.data.language] : navigator.languages);

  useEffect(() => {
    const ended = (): void => {
      const last = client.getQueryData<Me>(["me"]);
      if (last === undefined) return;
      before.current = last.name;
      setHasEnded(true);
      client.clear();
    };
    sessionEnded.addEventListener("ended", ended);
    return () => sessionEnded.removeEventListener("ended", ended);
  }, [client]);

  const welcome = useCallback(
    (found: Me) => {
      if (before.current !== null && before.current !== found.name) {
        startOver(); // what the one before had opened or chosen here is not theirs
        return;
      }
      setHasEnded(false);
      client.setQueryData(["me"], found);
    },
    [client],
  );

  if (me.isPending) return null;
  return (
    <Speaking language={language} locale={me.data?.language ?? navigator.language}>
      {me.data ? (
        <MeContext value={me.data}>
          <Suspense fallback={null}>
            <Inside />
          </Suspense>
        </MeContext>
      ) : isOut ? (
        <Suspense fallback={null}>
          <LoginPage hasEnded={hasEnded} onLogin={welcome} />
        </Suspense>
      ) : (
        <Failed error={me.error} onRetry={() => void me.refetch()} />
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
