import { Checkbox, Modal, Stack, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { keyAfter, newKey, type SavedView } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useFirstTexts } from "@/lib/texts";
import type { Named } from "@/lib/views";
import type { ViewWords } from "./ViewMenu";

interface Given {
  words: ViewWords;
  /** None: a new one. */
  view: SavedView | undefined;
  onSave: (named: Named, key: string) => Promise<void>;
  onClose: () => void;
}

/** The name of a new view, or another one for a view that there is. */
export function NameDialog({ words, view, onSave, onClose }: Given): ReactElement {
  const texts = useFirstTexts();
  const [label, setLabel] = useState(view?.label ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const [wrong, setWrong] = useState("");
  const [key, setKey] = useState(newKey);
  const { isBusy, submitOnce } = useOnce();
  const submit = async (): Promise<void> => {
    if (label.trim() === "") {
      setWrong(words.nameMissing);
      return;
    }
    try {
      await onSave({ label: label.trim(), shared }, key);
      onClose();
    } catch (error) {
      setWrong(says(error, texts));
      setKey(keyAfter(error, key));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={view ? words.rename(view.label) : words.save}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form noValidate onSubmit={submitOnce(submit)}>
        <Stack>
          <TextInput
            data-autofocus
            label={words.name}
            value={label}
            maxLength={200}
            error={wrong || undefined}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          {words.share && (
            <Checkbox
              label={words.share}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          )}
          <DialogEnd submit={texts.save} isBusy={isBusy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
