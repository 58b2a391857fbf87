import { Loader, Modal, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { Icon, type Sign, signOfType } from "@/components/icons";
import { get, type Hit, type Hits, type Processes } from "@/lib/api";
import { askToRun, useOpening } from "@/lib/opening";
import { placeOf, useRecordTypes } from "@/lib/records";
import { useIsNarrow } from "@/lib/screen";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { walkFound } from "@/lib/walk";
import { groupsOf } from "./groups";
import styles from "./Search.module.css";

const TYPING = 180;
const SHORTEST = 2;

/** Search everywhere: steps, processes and records, by words that stand in them. */
export function SearchDialog({ onClose }: { onClose: () => void }): ReactElement {
  const texts = useTexts();
  const isNarrow = useIsNarrow();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed.trim(), TYPING);
  const found = useQuery({
    queryKey: ["search", text],
    queryFn: () => get<Hits>("/search", { text }),
    enabled: text.length >= SHORTEST,
    placeholderData: (before) => (text.length >= SHORTEST ? before : undefined),
  });
  const open = useOpenHit(onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.search.title}
      closeButtonProps={{ "aria-label": texts.close }}
      size={640}
      fullScreen={isNarrow}
      centered={false}
      yOffset="8vh"
    >
      <div onKeyDown={walkFound} role="presentation">
        <TextInput
          data-autofocus
          data-way=""
          size="md"
          aria-label={texts.search.title}
          placeholder={texts.search.placeholder}
          maxLength={200}
          value={typed}
          leftSection={<Icon sign="search" size={18} />}
          rightSection={found.isFetching && <Loader size={16} />}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {text.length < SHORTEST && <p className={styles["hint"]}>{texts.search.hint}</p>}
        {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && text.length >= SHORTEST && <Groups hits={found.data} text={text} onOpen={open} />}
      </div>
    </Modal>
  );
}

interface GroupsGiven {
  hits: Hits;
  text: string;
  onOpen: (hit: Hit) => void;
}

function Groups({ hits, text, onOpen }: GroupsGiven): ReactElement {
  const { search } = useTexts();
  const types = useRecordTypes().data ?? [];
  const nameOf = (group: string): string => {
    if (group === "step") return search.steps;
    if (group === "process") return search.processes;
    return types.find((type) => type.name === group)?.plural ?? group;
  };
  if (hits.items.length === 0)
    return (
      <div role="status">
        <Empty title={search.nothing(text)} sign="search">
          {search.nothingHint}
        </Empty>
      </div>
    );
  return (
    <div className={styles["groups"]}>
      <span role="status" className="sw-hidden">
        {search.found(hits.items.length)}
      </span>
      {groupsOf(hits.items).map(({ name, items }) => (
        <section key={name} aria-labelledby={`found-${name}`}>
          <h3 id={`found-${name}`}>{nameOf(name)}</h3>
          <ul>
            {items.map((hit) => (
              <li key={`${hit.kind} ${hit.id}`}>
                <Line hit={hit} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {!hits.is_complete && <p className={styles["hint"]}>{search.notAll}</p>}
    </div>
  );
}

function Line({ hit, onOpen }: { hit: Hit; onOpen: (hit: Hit) => void }): ReactElement {
  const more = hit.text && hit.text !== hit.title ? hit.text : "";
  const about = hit.kind === "step" ? [hit.text, hit.type_label].filter(Boolean).join(" · ") : more;
  return (
    <UnstyledButton data-way="" className={styles["line"] ?? ""} onClick={() => onOpen(hit)}>
      <span className={styles["sign"]}>
        <Icon sign={signOf(hit)} size={18} filled={hit.kind === "process"} />
      </span>
      <span className={styles["words"]}>
        <span className={styles["title"]}>{hit.title || hit.id}</span>
        {about && hit.kind !== "process" && <span className={styles["about"]}>{about}</span>}
      </span>
    </UnstyledButton>
  );
}

function signOf(hit: Hit): Sign {
  if (hit.kind === "step") return "tasks";
  return hit.kind === "process" ? "run" : signOfType(hit.type);
}

/** A step opens on top, a process is asked to be run, a record shows its page. */
function useOpenHit(onClose: () => void): (hit: Hit) => void {
  const { search } = useTexts();
  const navigate = useNavigate();
  const { open } = useOpening();
  return (hit) => {
    onClose();
    if (hit.kind === "step") open(hit.id);
    else if (hit.kind === "process") void run(hit, search.notRunnable);
    else {
      const { type, number } = placeOf(hit.id);
      void navigate({ to: "/records/$type/$id", params: { type, id: number } });
    }
  };
}

async function run(hit: Hit, refusal: string): Promise<void> {
  const found = await get<Processes>("/me/processes", { search: hit.type, limit: 200 }).catch(() => null);
  const process = found?.items.find((one) => one.process_id === hit.type);
  if (process) askToRun(process);
  else tell(refusal, { isError: true });
}
