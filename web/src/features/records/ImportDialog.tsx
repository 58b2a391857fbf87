import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useRef, useState } from "react";
import { type Imported, part, type Problem, type RecordTypeView, Refused, sendTable } from "@/lib/api";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "./records.module.css";

interface Given {
  type: RecordTypeView;
  onClose: () => void;
}

interface Tried {
  file: File;
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
  const [isBusy, setIsBusy] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const where = `/records/${part(type.name)}/import`;
  const attempt = async (file: File, isTrial: boolean): Promise<void> => {
    setIsBusy(true);
    try {
      const found = await sendTable<Imported>(where, file, { trial: isTrial });
      if (isTrial) setTried({ file, would: found, problems: [], wrong: "" });
      else {
        tell(records.imported(found.added, found.changed));
        onClose();
        await client.invalidateQueries({ queryKey: ["records", type.name] });
        await client.invalidateQueries({ queryKey: ["record-count", type.name] });
      }
    } catch (error) {
      const problems = error instanceof Refused ? error.problems : [];
      setTried({ file, would: null, problems, wrong: says(error, texts) });
    }
    setIsBusy(false);
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
            <Button loading={isBusy} onClick={() => void attempt(tried.file, false)}>
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
            if (file) void attempt(file, true);
          }}
        />
      </Stack>
    </Modal>
  );
}

function Outcome({ tried }: { tried: Tried }): ReactElement {
  const { records } = useTexts();
  if (tried.would) {
    const { added, changed, unchanged } = tried.would;
    return <Alert title={tried.file.name}>{records.wouldImport(added, changed, unchanged)}</Alert>;
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
