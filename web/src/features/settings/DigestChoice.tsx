import { Input, SegmentedControl } from "@mantine/core";
import { type ReactElement, useId } from "react";
import type { Me, PersonalSettings } from "@/lib/api";
import { useMe } from "@/lib/session";
import { type Texts, useTexts } from "@/lib/texts";
import { useSetting } from "@/lib/useSetting";

type Digest = NonNullable<PersonalSettings["digest"]>;

const CHOICES: readonly Digest[] = ["none", "daily", "weekly"];

/** How often a mail sums up what is open; where none can come, why not. */
export function DigestChoice(): ReactElement {
  const { settings } = useTexts();
  const me = useMe();
  const set = useSetting();
  const label = useId();
  const chosen = me.settings?.digest ?? "none";
  return (
    <Input.Wrapper
      label={settings.digest}
      labelElement="div"
      labelProps={{ id: label }}
      description={hint(me, chosen, settings)}
    >
      <SegmentedControl
        aria-labelledby={label}
        data={CHOICES.map((value) => ({ value, label: settings.digestChoices[value] }))}
        value={chosen}
        disabled={!canCome(me)}
        fullWidth
        mt={6}
        onChange={(value) => void set({ digest: value as Digest })}
      />
    </Input.Wrapper>
  );
}

function canCome(me: Me): boolean {
  return Boolean(me.sends_mail && me.email);
}

function hint(me: Me, chosen: Digest, settings: Texts["settings"]): string {
  if (!me.sends_mail) return settings.digestImpossible;
  if (!me.email) return settings.digestNoAddress;
  return chosen === "none" ? settings.digestNever : settings.digestWhen[chosen](me.email);
}
