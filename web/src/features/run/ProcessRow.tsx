import { ActionIcon, UnstyledButton } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Icon } from "@/components/icons";
import { part, type Process, send } from "@/lib/api";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "./Run.module.css";

interface Given {
  process: Process;
  onChoose: (process: Process) => void;
}

export function ProcessRow({ process, onChoose }: Given): ReactElement {
  return (
    <li className={styles["row"]}>
      <UnstyledButton
        data-way=""
        data-tour={`process-${process.process_id}`}
        className={styles["choose"] ?? ""}
        onClick={() => onChoose(process)}
      >
        <span className={styles["name"]}>{process.name}</span>
        {process.description && <span className={styles["about"]}>{process.description}</span>}
      </UnstyledButton>
      <Star process={process} />
    </li>
  );
}

function Star({ process }: { process: Process }): ReactElement {
  const texts = useTexts();
  const client = useQueryClient();
  const turn = async (): Promise<void> => {
    try {
      await send("PUT", `/processes/${part(process.process_id)}/favourite`, {
        is_favourite: !process.is_favourite,
      });
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
    await client.invalidateQueries({ queryKey: ["processes"] });
  };
  return (
    <ActionIcon
      variant="subtle"
      color={process.is_favourite ? "accent" : "gray"}
      size={36}
      aria-label={texts.run.favourite(process.name)}
      aria-pressed={process.is_favourite}
      onClick={() => void turn()}
    >
      <Icon sign="star" filled={process.is_favourite} />
    </ActionIcon>
  );
}
