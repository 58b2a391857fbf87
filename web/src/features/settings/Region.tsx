import { NativeSelect, Select } from "@mantine/core";
import type { ReactElement } from "react";
import { languageOf, useLocale, useTexts } from "@/lib/texts";
import { useMe } from "@/lib/session";
import { languageChoices, zoneChoices } from "@/lib/regions";
import { useSetting } from "@/lib/useSetting";

const SHOWN = 60;

/** Language and time zone. */
export function Region(): ReactElement {
  const { settings } = useTexts();
  const locale = useLocale();
  const me = useMe();
  const set = useSetting();
  const languages = languageChoices(me.language, languageOf([locale]), settings.inEnglish);
  return (
    <>
      <NativeSelect
        label={settings.language}
        description={settings.languageHint}
        data={languages}
        value={me.language}
        onChange={(event) => void set({ language: event.currentTarget.value })}
      />
      <Select
        label={settings.zone}
        description={settings.zoneHint}
        data={zoneChoices(me.time_zone)}
        value={me.time_zone}
        searchable
        allowDeselect={false}
        limit={SHOWN}
        nothingFoundMessage={settings.zoneNothing}
        onChange={(zone) => zone && void set({ time_zone: zone })}
      />
    </>
  );
}
