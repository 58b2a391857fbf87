import { Button, Switch, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { askForPopUps, type PopUpState, popUpState } from "@/lib/popups";
import { useMe } from "@/lib/session";
import { type Texts, useTexts } from "@/lib/texts";
import { DigestChoice } from "./DigestChoice";
import { useSetting } from "@/lib/useSetting";

/** What happens when a step or a notification comes. */
export function StepSettings(): ReactElement {
  const { settings } = useTexts();
  const me = useMe();
  const set = useSetting();
  const opensSteps = me.settings?.opens_steps ?? true;
  const popsUp = me.settings?.shows_popups ?? true;
  return (
    <>
      <Switch
        label={settings.opensSteps}
        description={settings.opensStepsHint}
        checked={opensSteps}
        onChange={() => void set({ opens_steps: !opensSteps })}
      />
      <Switch
        label={settings.popUps}
        description={settings.popUpsHint}
        checked={popsUp}
        onChange={() => void set({ shows_popups: !popsUp })}
      />
      {popsUp && <Allowed />}
      <DigestChoice />
    </>
  );
}

/** Whether this browser lets them; it is asked on a press only. */
function Allowed(): ReactElement {
  const { settings } = useTexts();
  const [state, setState] = useState(popUpState);
  const ask = async (): Promise<void> => setState(await askForPopUps());
  if (state === "default")
    return (
      <Button variant="default" onClick={() => void ask()} style={{ alignSelf: "flex-start" }}>
        {settings.allow}
      </Button>
    );
  return <Text c="dimmed">{wordsFor(state, settings)}</Text>;
}

function wordsFor(state: PopUpState, settings: Texts["settings"]): string {
  if (state === "granted") return settings.allowed;
  return state === "denied" ? settings.blocked : settings.unsupported;
}
