import type { ReactElement } from "react";
import { useMe, useNow } from "@/lib/session";
import { useLocale } from "@/lib/texts";
import { fullText } from "@/lib/time/due";
import { whenText } from "@/lib/time/when";

/** When something happened; the whole of it when one points at it. */
export function When({ at }: { at: string }): ReactElement {
  const language = useLocale();
  const { time_zone: zone } = useMe();
  const now = useNow();
  return (
    <time dateTime={at} title={fullText(at, zone, language)}>
      {whenText(at, now, { zone, language })}
    </time>
  );
}
