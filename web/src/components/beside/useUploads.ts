/** Files on their way to the server: one failing does not stop the others, and says why. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Attachment, upload } from "@/lib/api";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { filesOf, keyOf, type Owner } from "./owner";

export interface Uploads {
  /** The names of those that are on their way. */
  running: readonly string[];
  /** What did not arrive, and why. */
  failed: readonly string[];
  add: (files: readonly File[]) => Promise<void>;
}

export function useUploads(owner: Owner): Uploads {
  const texts = useTexts();
  const client = useQueryClient();
  const [running, setRunning] = useState<readonly string[]>([]);
  const [failed, setFailed] = useState<readonly string[]>([]);

  const one = async (file: File): Promise<void> => {
    try {
      await upload<Attachment>(filesOf(owner), file);
    } catch (error) {
      setFailed((before) => [...before, texts.beside.failed(file.name, says(error, texts))]);
    }
    setRunning((before) => before.filter((name) => name !== file.name));
  };
  const add = async (files: readonly File[]): Promise<void> => {
    setFailed([]);
    setRunning((before) => [...before, ...files.map((file) => file.name)]);
    await Promise.all(files.map(one));
    await client.invalidateQueries({ queryKey: ["attachments", keyOf(owner)] });
  };
  return { running, failed, add };
}
