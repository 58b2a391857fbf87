/** Files on their way into the fields of a form: it is saved when they are there. */
import { createContext, useState } from "react";

type Tell = (more: 1 | -1) => void;

interface Form {
  /** Told by a field when a file sets out, and when it has arrived or failed. */
  tell: Tell;
  /** It is being saved: no file sets out now. */
  isSaving: boolean;
}

export const UnderWay = createContext<Form>({ tell: () => undefined, isSaving: false });

export function useUnderWay(): { isUploading: boolean; tell: Tell } {
  const [count, setCount] = useState(0);
  const [tell] = useState(() => (more: 1 | -1) => setCount((now) => now + more));
  return { isUploading: count > 0, tell };
}
