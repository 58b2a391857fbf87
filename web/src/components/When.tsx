import type { ReactElement } from "react";
import { useMe, useNow } from "@/lib/session";
import { useLocale } from "@/lib/texts";
import { fullText } from "@/lib/time/due";
import { whenText } from "@/lib/time/when";

/** When something happened; the whole of it when one points at it. */
export function When({ at }: { at: string | null | undefined }): ReactElement | null {
  const language = useLocale();
  const { time_zone: zone } = useMe();
  const when = useWhen();
  if (!at) return null;
  return (
    <time dateTime={at} title={fullText(at, zone, language)}>
      {when(at)}
    </time>
  );
}

/** The same as text, for sentences. */
export function useWhen(): (at: string) => string {
  const language = useLocale();
  const { time_zone: zone } = useMe();
  const now = useNow();
  return (at) => whenText(at, now, { zone, language });
}
