import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { personName } from "@/components/names";
import type { Notification as Told } from "@/lib/api";
import { onLive } from "@/lib/live/live";
import { isLastUsed } from "@/lib/live/tab";
import { markRead, whatOf } from "@/lib/notifications";
import { useOpening } from "@/lib/opening";
import { popUp, popUpState } from "@/lib/popups";
import { useMe } from "@/lib/session";
import { useFirstTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";

/** What comes pops up: as a message in the app for who looks at it, from the browser for who does not; in one tab. */
export function usePopUps(): void {
  const { notifications } = useFirstTexts();
  const me = useMe();
  const client = useQueryClient();
  const { open } = useOpening();
  const isOn = me.settings?.shows_popups ?? true;
  useEffect(
    () =>
      onLive(({ name, data }) => {
        if (name !== "notification" || !isOn || !isLastUsed()) return;
        const told = data as unknown as Pick<Told, "id" | "kind" | "by" | "title"> & { about?: string };
        const show = (by: string): void => {
          const what = whatOf({ kind: told.kind, by }, notifications);
          const step = told.kind === "incident" ? undefined : told.about;
          const onPress = (): void => {
            void markRead(client, told.id).catch(() => undefined);
            if (step) open(step);
          };
          if (!document.hasFocus() && popUpState() !== "granted") return;
          const { id, title } = told;
          if (document.hasFocus() || !popUp({ id, title, body: what, onPress }))
            tell(`${what}: ${title}`, step ? { link: { to: ".", step, text: notifications.open } } : {});
        };
        void personName(client, told.by ?? "").then(show);
      }),
    [client, isOn, notifications, open],
  );
}
