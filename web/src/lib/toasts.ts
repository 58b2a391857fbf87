/** Short messages at the edge of the screen. */
import { newKey } from "@/lib/api";
import { storeOf } from "@/lib/store";

export interface Toast {
  id: string;
  text: string;
  isError: boolean;
  link: Way | null;
}

/** Where what was told can be looked at. */
export interface Way {
  to: string;
  /** The step that opens there. */
  step?: string;
  text: string;
}

const SHOWN = 6_000;
const SHOWN_WITH_LINK = 12_000;
export const toasts = storeOf<Toast[]>([]);

export function tell(text: string, more: { isError?: boolean; link?: Way } = {}): void {
  const toast = { id: newKey(), text, isError: more.isError ?? false, link: more.link ?? null };
  toasts.set([...toasts.get().slice(-2), toast]);
  window.setTimeout(() => forget(toast.id), toast.link ? SHOWN_WITH_LINK : SHOWN);
}

export function forget(id: string): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
