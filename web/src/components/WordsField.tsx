import { TextInput } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import { Icon } from "@/components/icons";

const TYPING = 250;

interface Given {
  label: string;
  /** What is searched for, as the address says. */
  value: string;
  onChange: (words: string) => void;
  /** In place of its own width. */
  className?: string | undefined;
}

/** Words that are searched for in a list: they go to the address when one pauses, and follow it. */
export function WordsField({ label, value, onChange, className }: Given): ReactElement {
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  const [before, setBefore] = useState(value);
  if (value !== before) {
    setBefore(value);
    if (value !== sent) {
      setSent(value);
      setTyped(value);
    }
  }
  const words = typed.trim();
  useEffect(() => {
    if (words === sent) return undefined;
    const timer = window.setTimeout(() => {
      setSent(words);
      onChange(words);
    }, TYPING);
    return () => window.clearTimeout(timer);
  });
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={200}
      leftSection={<Icon sign="search" size={16} />}
      {...(className ? { className } : { style: { flex: "1 1 180px", maxWidth: 320 } })}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
