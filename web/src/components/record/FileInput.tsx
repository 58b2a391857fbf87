import { Button, Input } from "@mantine/core";
import { type ReactElement, useContext, useRef, useState } from "react";
import { type Attachment, upload } from "@/lib/api";
import { says } from "@/lib/says";
import { useAttachment } from "@/lib/files";
import { useTexts } from "@/lib/texts";
import type { InputGiven } from "./FieldInput";
import styles from "./record.module.css";
import { UnderWay } from "./underWay";

/** A file: uploaded when it is chosen, and part of the record when that is saved. */
export function FileInput({ field, value, onChange, error }: InputGiven): ReactElement {
  const texts = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const { tell, isSaving } = useContext(UnderWay);
  const id = typeof value === "string" ? value : "";
  const found = useAttachment(id);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setIsBusy(true);
    tell(1);
    setWrong("");
    try {
      onChange((await upload<Attachment>("/attachments", file)).id);
    } catch (failure) {
      setWrong(says(failure, texts));
    }
    setIsBusy(false);
    tell(-1);
  };
  return (
    <Input.Wrapper label={field.label} labelElement="div" error={error ?? (wrong || undefined)}>
      <div className={styles["file"]}>
        {id !== "" && <span>{found.data?.name ?? id}</span>}
        <Button
          variant="default"
          loading={isBusy}
          disabled={isSaving}
          data-field={field.name}
          onClick={() => input.current?.click()}
        >
          {texts.record.chooseFile}
        </Button>
        {id !== "" && (
          <Button variant="subtle" onClick={() => onChange(null)}>
            {texts.record.removeFile}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          aria-label={field.label}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = ""; // so that the same one can be chosen again
            void take(file);
          }}
        />
      </div>
    </Input.Wrapper>
  );
}
