/** Notifications that the browser shows outside of the page, when the person lets it. */

export type PopUpState = "granted" | "default" | "denied" | "unsupported";

export function popUpState(): PopUpState {
  return "Notification" in window ? Notification.permission : "unsupported";
}

/** Ask the person; only ever when they pressed something for it. */
export async function askForPopUps(): Promise<PopUpState> {
  return popUpState() === "default" ? await Notification.requestPermission() : popUpState();
}

export interface PopUp {
  id: string;
  title: string;
  body: string;
  onPress: () => void;
}

/**
 * One of the same `id` takes the place of the other, so that two tabs never show it twice. Whether it is shown: some
 * browsers, those of phones above all, say that they may and then refuse.
 */
export function popUp({ id, title, body, onPress }: PopUp): boolean {
  const shown = shownBy(title, { body, tag: `stepwell-${id}`, icon: "/icon.svg" });
  shown?.addEventListener("click", () => {
    window.focus();
    shown.close();
    onPress();
  });
  return shown !== null;
}

function shownBy(title: string, more: NotificationOptions): Notification | null {
  try {
    return new Notification(title, more);
  } catch {
    return null;
  }
}
