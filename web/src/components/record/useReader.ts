import { useMemo } from "react";
import type { FieldReader } from "@/lib/fieldText";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";

/** How this person reads values. */
export function useReader(): FieldReader {
  const { record } = useTexts();
  const locale = useLocale();
  const { time_zone: zone } = useMe();
  return useMemo(() => ({ zone, locale, yes: record.yes, no: record.no }), [zone, locale, record]);
}
