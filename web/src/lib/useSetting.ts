import { useQueryClient } from "@tanstack/react-query";
import { type ChangeSettings, type Me, type PersonalSettings, send } from "@/lib/api";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";

/** Sets something for oneself, shown at once; what was refused is told, and is again as it was. */
export function useSetting(): (changed: ChangeSettings) => Promise<void> {
  const texts = useTexts();
  const client = useQueryClient();
  return async (changed) => {
    const before = client.getQueryData<Me>(["me"]);
    if (before) client.setQueryData<Me>(["me"], { ...before, settings: switched(before.settings, changed) });
    try {
      client.setQueryData(["me"], await send<Me>("PUT", "/me/settings", changed));
      tell(texts.settings.saved);
    } catch (error) {
      client.setQueryData(["me"], before);
      tell(says(error, texts), { isError: true });
    }
  };
}

function switched(now: PersonalSettings | undefined, changed: ChangeSettings): PersonalSettings {
  const { opens_steps, shows_popups, digest } = changed;
  return {
    ...now,
    ...(typeof opens_steps === "boolean" && { opens_steps }),
    ...(typeof shows_popups === "boolean" && { shows_popups }),
    ...(digest && { digest }),
  };
}
