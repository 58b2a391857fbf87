import { Textarea } from "@mantine/core";
import type { ReactElement } from "react";
import { useTexts } from "@/lib/texts";

interface Given {
  value: string;
  onChange: (value: string) => void;
}

/** Why an operator does something: it stands in the history. */
export function ReasonField({ value, onChange }: Given): ReactElement {
  const { reason, reasonHint } = useTexts().log.cancel;
  return (
    <Textarea
      data-autofocus
      label={reason}
      description={reasonHint}
      value={value}
      maxLength={1000}
      autosize
      minRows={2}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
