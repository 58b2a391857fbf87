import { NativeSelect, Select, SimpleGrid, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { ChoiceField } from "@/components/record/ChoiceField";
import { languageChoices, zoneChoices } from "@/lib/regions";
import { languageOf, useLocale, useTexts } from "@/lib/texts";

export interface Filled {
  name: string;
  display_name: string;
  email: string;
  manager: string;
  language: string;
  time_zone: string;
  roles: string[];
}
export type Wrong = Partial<Record<keyof Filled | "password" | "all", string>>;

interface Given {
  filled: Filled;
  wrong: Wrong;
  onChange: (part: Partial<Filled>) => void;
}

/** What is known of a person. */
export function PersonFields({ filled, wrong, onChange }: Given): ReactElement {
  const { admin, settings } = useTexts();
  const locale = useLocale();
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={admin.name}
          value={filled.display_name}
          error={wrong.display_name}
          onChange={(event) => onChange({ display_name: event.currentTarget.value })}
        />
        <TextInput
          label={admin.email}
          type="email"
          value={filled.email}
          error={wrong.email}
          onChange={(event) => onChange({ email: event.currentTarget.value })}
        />
        <ChoiceField
          input={{ label: admin.manager, error: wrong.manager }}
          type="User"
          chosen={filled.manager ? [filled.manager] : []}
          onChange={([manager = ""]) => onChange({ manager })}
        />
        <ChoiceField
          input={{ label: admin.memberOf, error: wrong.roles }}
          type="Role"
          isMultiple
          chosen={filled.roles}
          onChange={(roles) => onChange({ roles })}
        />
        <NativeSelect
          label={admin.language}
          data={languageChoices(filled.language, languageOf([locale]), settings.inEnglish)}
          value={filled.language}
          error={wrong.language}
          onChange={(event) => onChange({ language: event.currentTarget.value })}
        />
        <Select
          label={admin.zone}
          data={zoneChoices(filled.time_zone)}
          value={filled.time_zone}
          error={wrong.time_zone}
          searchable
          allowDeselect={false}
          limit={60}
          nothingFoundMessage={settings.zoneNothing}
          onChange={(zone) => zone && onChange({ time_zone: zone })}
        />
      </SimpleGrid>
    </>
  );
}
