import { Button, Loader, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { filesOf, keyOf, type Owner } from "@/components/beside/owner";
import { Icon } from "@/components/icons";
import { address, type Attachment, part, upload } from "@/lib/api";
import { useAttachment } from "@/lib/files";
import { sizeText } from "@/lib/sizes";
import { says } from "@/lib/says";
import { useLocale, useTexts } from "@/lib/texts";
import type { Place } from "./bridge";
import { idsOf } from "./LookupField";

interface Given {
  place: Place;
  /** Where files are kept as soon as they are chosen; without it none can be added. */
  at: Owner | undefined;
  /** A file is on its way, or is so no more. */
  onUpload: ((isBegun: boolean) => void) | undefined;
}

/** The files of a field: those that are there can be read, others are kept when they are chosen. */
export function FilesField({ place, at, onUpload }: Given): ReactElement {
  const texts = useTexts();
  const words = texts.stepMore.files;
  const isMultiple = place.field["multiple"] === true;
  const { ids, change } = useIds(place);
  const files = useUpload(at, {
    onAdded: (added) => change((now) => (isMultiple ? [...now, ...added] : added.slice(0, 1))),
    onUpload,
  });
  const input = useRef<HTMLInputElement>(null);
  const action = ids.length > 0 && !isMultiple ? words.replace : words.add;
  const isLocked = place.isLocked || !at;
  return (
    <div className="sw-files" data-wrong={place.isWrong || undefined}>
      {ids.length === 0 && isLocked && <Text c="dimmed">{words.none}</Text>}
      <ul>
        {ids.map((id) => (
          <File
            key={id}
            id={id}
            onRemove={isLocked ? null : () => change((now) => now.filter((one) => one !== id))}
          />
        ))}
      </ul>
      {!isLocked && (
        <>
          <Button
            variant="default"
            leftSection={files.isBusy ? <Loader size={14} /> : <Icon sign="clip" size={16} />}
            aria-label={`${place.field.label ?? ""}: ${action}`}
            aria-describedby={`${place.domId}-error-message`}
            onClick={() => input.current?.click()}
          >
            {action}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            multiple={isMultiple}
            accept={typeof place.field["accept"] === "string" ? place.field["accept"] : undefined}
            aria-label={place.field.label ?? words.add}
            onChange={(event) => {
              void files.add([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
        </>
      )}
      {files.wrong && (
        <Text role="alert" c="var(--sw-late)">
          {files.wrong}
        </Text>
      )}
    </div>
  );
}

/** What is chosen, and what it becomes of how it is by then: more may arrive before the page is drawn anew. */
function useIds({ value, onChange }: Place) {
  const ids = idsOf(value);
  const latest = useRef(ids);
  useEffect(() => {
    latest.current = idsOf(value);
  }, [value]);
  const change = (made: (now: string[]) => string[]): void => {
    latest.current = made(latest.current);
    onChange(latest.current);
  };
  return { ids, change };
}

interface Told {
  onAdded: (ids: string[]) => void;
  onUpload: Given["onUpload"];
}

function useUpload(at: Owner | undefined, { onAdded, onUpload }: Told) {
  const texts = useTexts();
  const client = useQueryClient();
  const [count, setCount] = useState(0);
  const [wrong, setWrong] = useState("");
  const add = async (chosen: readonly File[]): Promise<void> => {
    if (!at || chosen.length === 0) return;
    setCount((before) => before + 1);
    onUpload?.(true);
    setWrong("");
    const made = await Promise.allSettled(chosen.map((file) => upload<Attachment>(filesOf(at), file)));
    const added = made.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
    const failed = made.find((one) => one.status === "rejected");
    if (failed) setWrong(says(failed.reason, texts));
    if (added.length > 0) onAdded(added);
    setCount((before) => before - 1);
    onUpload?.(false);
    void client.invalidateQueries({ queryKey: ["attachments", keyOf(at)] });
  };
  return { isBusy: count > 0, wrong, add };
}

function File({ id, onRemove }: { id: string; onRemove: (() => void) | null }): ReactElement {
  const { stepMore } = useTexts();
  const locale = useLocale();
  const found = useAttachment(id);
  const name = found.data?.name ?? (found.isError ? stepMore.files.gone : "…");
  return (
    <li>
      {found.data ? (
        <a href={address(`/attachments/${part(id)}/content`)} download={name}>
          {name}
        </a>
      ) : (
        <span>{name}</span>
      )}
      {found.data && <span className="sw-quiet">{sizeText(found.data.size, locale)}</span>}
      {onRemove && (
        <Button variant="subtle" px={8} aria-label={stepMore.files.remove(name)} onClick={onRemove}>
          <Icon sign="close" size={14} />
        </Button>
      )}
    </li>
  );
}
