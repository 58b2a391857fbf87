import { ActionIcon, Button, Loader, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, type ReactElement, useRef, useState } from "react";
import { Ask } from "@/components/Ask";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import { PersonName } from "@/components/PersonName";
import { When } from "@/components/When";
import { address, type Attachment, type Attachments as Found, get, part, send } from "@/lib/api";
import { sizeText } from "@/lib/sizes";
import { useLocale, useTexts } from "@/lib/texts";
import styles from "./Beside.module.css";
import { filesOf, keyOf, type Owner } from "./owner";
import { Section } from "./Section";
import { useUploads } from "./useUploads";

interface Given {
  owner: Owner;
  /** Whether files may be added and deleted here. */
  mayChange: boolean;
  isFolded?: boolean;
}

/** The files beside a step or record: add by button or by dropping them, download, delete. */
export function Attachments({ owner, mayChange, isFolded = false }: Given): ReactElement {
  const { beside } = useTexts();
  const queryKey = ["attachments", keyOf(owner)];
  const found = useQuery({ queryKey, queryFn: () => get<Found>(filesOf(owner)) });
  const [asked, setAsked] = useState<Attachment | null>(null);
  const client = useQueryClient();
  const files = found.data?.items ?? [];
  const remove = async (file: Attachment): Promise<void> => {
    await send("POST", `/attachments/${part(file.id)}/remove`);
    await client.invalidateQueries({ queryKey });
  };
  return (
    <Section
      title={beside.files}
      sign="clip"
      count={found.data ? String(files.length) : null}
      isFolded={isFolded}
    >
      {found.isPending && <Loader size="sm" />}
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && files.length === 0 && !mayChange && (
        <Text size="sm" c="dimmed">
          {beside.noFiles}
        </Text>
      )}
      <ul className={styles["files"]}>
        {files.map((file) => (
          <Line key={file.id} file={file} onRemove={mayChange && !file.field ? () => setAsked(file) : null} />
        ))}
      </ul>
      {mayChange && <Add owner={owner} />}
      {asked && (
        <Ask
          title={beside.removeTitle}
          lead={beside.removeLead(asked.name)}
          submit={beside.removeSubmit}
          isDanger
          onSubmit={() => remove(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  );
}

function Line({ file, onRemove }: { file: Attachment; onRemove: (() => void) | null }): ReactElement {
  const { beside } = useTexts();
  const locale = useLocale();
  return (
    <li>
      <div>
        <a
          href={address(`/attachments/${part(file.id)}/content`)}
          download={file.name}
          title={beside.download(file.name)}
        >
          {file.name}
        </a>
        <p className={styles["who"]}>
          {sizeText(file.size, locale)} · <PersonName name={file.actor} /> · <When at={file.at} />
          {file.field && ` · ${beside.inField}`}
        </p>
      </div>
      {onRemove && (
        <ActionIcon variant="subtle" size={36} aria-label={beside.remove(file.name)} onClick={onRemove}>
          <Icon sign="trash" size={18} />
        </ActionIcon>
      )}
    </li>
  );
}

function Add({ owner }: { owner: Owner }): ReactElement {
  const { beside } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const uploads = useUploads(owner);
  const over = (event: DragEvent, isIn: boolean): void => {
    event.preventDefault();
    setIsOver(isIn);
  };
  return (
    <div
      className={styles["drop"]}
      data-over={isOver || undefined}
      onDragOver={(event) => over(event, true)}
      onDragLeave={(event) => over(event, false)}
      onDrop={(event) => {
        over(event, false);
        void uploads.add([...event.dataTransfer.files]);
      }}
    >
      <p>{isOver ? beside.dropNow : beside.drop}</p>
      <Button
        variant="default"
        leftSection={<Icon sign="clip" size={16} />}
        onClick={() => input.current?.click()}
      >
        {beside.add}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={beside.add}
        onChange={(event) => {
          void uploads.add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <div role="status">
        {uploads.running.map((name) => (
          <p key={name}>
            <Loader size={12} /> {beside.adding(name)}
          </p>
        ))}
      </div>
      {uploads.failed.map((words) => (
        <p key={words} role="alert" className={styles["wrong"]}>
          {words}
        </p>
      ))}
    </div>
  );
}
