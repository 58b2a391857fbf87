import { Button, type ButtonProps, Group } from "@mantine/core";
import { type ReactElement, type ReactNode, useId } from "react";
import { useFirstTexts } from "@/lib/texts";

interface Given {
  submit: string;
  isBusy: boolean;
  onCancel: () => void;
  /** What the button that submits waits for. */
  waiting?: string | undefined;
  /** In place of "Cancel". */
  cancel?: string;
  /** More about the button that submits. */
  look?: ButtonProps & { "data-tour"?: string };
  children?: ReactNode;
}

/** How every form in a dialog ends: what it does, and leaving it as it is. */
export function DialogEnd({
  submit,
  isBusy,
  waiting,
  onCancel,
  cancel,
  look,
  children,
}: Given): ReactElement {
  const texts = useFirstTexts();
  const place = useId();
  return (
    <Group>
      <Button
        type="submit"
        loading={isBusy}
        disabled={waiting !== undefined}
        aria-describedby={waiting && place}
        {...look}
      >
        {submit}
      </Button>
      <Button variant="subtle" onClick={onCancel}>
        {cancel ?? texts.cancel}
      </Button>
      {children}
      {waiting !== undefined && (
        <span id={place} role="status" className="sw-quiet">
          {waiting}
        </span>
      )}
    </Group>
  );
}
