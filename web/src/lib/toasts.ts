/** Short messages at the edge of the screen. */
import { newKey } from "@/lib/api";
import { storeOf } from "@/lib/store";

export interface Toast {
  id: string;
  text: string;
  isError: boolean;
}

const SHOWN = 6_000;
export const toasts = storeOf<Toast[]>([]);

export function tell(text: string, more: { isError?: boolean } = {}): void {
  const toast = { id: newKey(), text, isError: more.isError ?? false };
  toasts.set([...toasts.get().slice(-2), toast]);
  window.setTimeout(() => forget(toast.id), SHOWN);
}

export function forget(id: string): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
