import { Button } from "@mantine/core";
import { type DragEvent, type ReactElement, useRef, useState } from "react";
import { Icon } from "@/components/icons";
import { useTexts } from "@/lib/texts";
import styles from "./Deploy.module.css";

interface Given {
  /** Whether a file was chosen already: then there is little need for the place. */
  isSmall: boolean;
  isBusy: boolean;
  onChoose: (file: File) => void;
}

/** Chooses a file: by a button, or by dropping it. */
export function Picker({ isSmall, isBusy, onChoose }: Given): ReactElement {
  const { deploy } = useTexts().processes;
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
        accept=".bpmn,.xml,.zip,application/zip,application/xml"
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
