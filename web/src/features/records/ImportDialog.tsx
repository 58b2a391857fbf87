import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useRef, useState } from "react";
import {
  type Imported,
  isRefusal,
  keyAfter,
  newKey,
  part,
  type Problem,
  type RecordTypeView,
  sendTable,
} from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { type Texts, useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "./records.module.css";

interface Given {
  type: RecordTypeView;
  onClose: () => void;
}

interface Tried {
  file: File;
  /** Of its import: should the answer get lost, it is not there twice. */
  key: string;
  would: Imported | null;
  problems: readonly Problem[];
  wrong: string;
}

/** A file is tried first: what would happen, or everything that is wrong with it, line by line. */
export function ImportDialog({ type, onClose }: Given): ReactElement {
  const texts = useTexts();
  const { records } = texts;
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const { isBusy, once } = useOnce();
  const [tried, setTried] = useState<Tried | null>(null);
  const where = `/records/${part(type.name)}/import`;
  const attempt = async (file: File): Promise<void> => {
    const first: Tried = { file, key: newKey(), would: null, problems: [], wrong: "" };
    try {
      const would = await sendTable<Imported>(where, file, { query: { trial: true }, key: newKey() });
      setTried({ ...first, would });
    } catch (error) {
      setTried({ ...first, ...wrongOf(error, texts) });
    }
  };
  const carryOut = async (now: Tried): Promise<void> => {
    try {
      const { file, key } = now;
      const found = await sendTable<Imported>(where, file, { query: { trial: false }, key });
      tell(records.imported(found.added, found.changed));
      onClose();
      await client.invalidateQueries({ queryKey: ["records", type.name] });
      await client.invalidateQueries({ queryKey: ["record-count", type.name] });
    } catch (error) {
      const would = isRefusal(error) ? null : now.would;
      setTried({ ...now, would, key: keyAfter(error, now.key), ...wrongOf(error, texts) });
    }
  };
  const columns = type.fields.filter((field) => !field.is_read_only).map((field) => field.name);
  return (
    <Modal
      opened
      onClose={onClose}
      title={records.importTitle(type.plural)}
      size={620}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Stack>
        <Text>{records.importLead}</Text>
        <Text c="dimmed">{records.importColumns(columns.join(", "))}</Text>
        {tried && <Outcome tried={tried} />}
        <Group>
          {tried?.would && (
            <Button loading={isBusy} onClick={() => void once(() => carryOut(tried))}>
              {records.importNow}
            </Button>
          )}
          <Button
            data-autofocus
            variant={tried?.would ? "default" : "filled"}
            loading={isBusy && !tried?.would}
            onClick={() => input.current?.click()}
          >
            {tried ? records.otherFile : records.chooseFile}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          hidden
          aria-label={records.chooseFile}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file) void once(() => attempt(file));
          }}
        />
      </Stack>
    </Modal>
  );
}

function wrongOf(error: unknown, texts: Texts): Pick<Tried, "problems" | "wrong"> {
  return { problems: isRefusal(error) ? error.problems : [], wrong: says(error, texts) };
}

function Outcome({ tried }: { tried: Tried }): ReactElement {
  const { records } = useTexts();
  if (tried.would) {
    const { added, changed, unchanged } = tried.would;
    return (
      <>
        <Alert title={tried.file.name}>{records.wouldImport(added, changed, unchanged)}</Alert>
        {tried.wrong && (
          <Text role="alert" c="var(--sw-late)">
            {tried.wrong}
          </Text>
        )}
      </>
    );
  }
  return (
    <div role="alert">
      <Text fw={620} c="var(--sw-late)">
        {tried.problems.length > 0
          ? records.importRefused(tried.file.name, tried.problems.length)
          : tried.wrong}
      </Text>
      <ul className={styles["report"]}>
        {tried.problems.map((one) => (
          <li key={`${one.line ?? 0} ${one.field ?? ""} ${one.message}`}>
            <Text c="dimmed" w={70} style={{ flex: "none" }}>
              {one.line ? records.line(one.line) : ""}
            </Text>
            <Text>
              {one.message} {one.hint}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
