import { Button, type ButtonProps, Group } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { useFirstTexts } from "@/lib/texts";

interface Given {
  submit: string;
  isBusy: boolean;
  onCancel: () => void;
  /** In place of "Cancel". */
  cancel?: string;
  /** More about the button that submits. */
  look?: ButtonProps & { "data-tour"?: string };
  children?: ReactNode;
}

/** How every form in a dialog ends: what it does, and leaving it as it is. */
export function DialogEnd({ submit, isBusy, onCancel, cancel, look, children }: Given): ReactElement {
  const texts = useFirstTexts();
  return (
    <Group>
      <Button type="submit" loading={isBusy} {...look}>
        {submit}
      </Button>
      <Button variant="subtle" onClick={onCancel}>
        {cancel ?? texts.cancel}
      </Button>
      {children}
    </Group>
  );
}
