import type { ReactElement } from "react";
import { useMe, useNow } from "@/lib/session";
import { useLocale } from "@/lib/texts";
import { fullText } from "@/lib/time/due";
import { whenText } from "@/lib/time/when";

/** When something happened; the whole of it as its title. */
export function When({ at }: { at: string | null | undefined }): ReactElement | null {
  const { time_zone: zone } = useMe();
  const language = useLocale();
  const now = useNow();
  if (!at) return null;
  return (
    <time dateTime={at} title={fullText(at, zone, language)}>
      {whenText(at, now, { zone, language })}
    </time>
  );
}

/** The same as text, for sentences. */
export function useWhen(): (at: string) => string {
  const { time_zone: zone } = useMe();
  const language = useLocale();
  const now = useNow();
  return (at) => whenText(at, now, { zone, language });
}
