import { Button } from "@mantine/core";
import { type DragEvent, type ReactElement, useRef, useState } from "react";
import { Icon } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import styles from "./Deploy.module.css";

const XML = ".bpmn,.xml,application/xml";

interface Given {
  /** The name of the file that was chosen already: then there is little need for the place. */
  chosen: string;
  withZip: boolean;
  isBusy: boolean;
  onChoose: (file: File) => void;
}

/** Chooses a file: by a button, or by dropping it. */
export function Picker({ chosen, withZip, isBusy, onChoose }: Given): ReactElement {
  const { deploy } = useTexts().processes;
  const isSmall = chosen !== "";
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const drop = (event: DragEvent<HTMLDivElement>): void => {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !isBusy) onChoose(file);
  };
  return (
    <div
      className={styles["picker"]}
      data-small={isSmall || undefined}
      data-over={isOver || undefined}
      role="group"
      aria-label={deploy.choose}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {isSmall && <strong className={styles["chosen"]}>{chosen}</strong>}
      {!isSmall && <Icon sign="upload" size={28} />}
      <Button
        variant={isSmall ? "default" : "filled"}
        disabled={isBusy}
        onClick={() => input.current?.click()}
      >
        {isSmall ? deploy.other : deploy.choose}
      </Button>
      <span className="sw-quiet">{deploy.drop}</span>
      <input
        ref={input}
        type="file"
        hidden
        accept={withZip ? `${XML},.zip,application/zip` : XML}
        aria-label={deploy.choose}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) onChoose(file);
        }}
      />
    </div>
  );
}
