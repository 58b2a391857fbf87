import { Loader, Modal, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Empty } from "@/components/Empty";
import { Failed } from "@/components/Failed";
import { Icon } from "@/components/icons";
import type { Process } from "@/lib/api";
import type { RunAsked } from "@/lib/opening";
import { useProcesses } from "@/lib/processes";
import { useIsNarrow } from "@/lib/screen";
import { useTexts } from "@/lib/texts";
import { walkFound } from "@/lib/walk";
import { groupsOf, isMeant } from "./groups";
import { ProcessRow } from "./ProcessRow";
import styles from "./Run.module.css";
import { StartPage } from "./StartPage";

/** Run process: choose one, fill in what it asks for, start it. */
export function RunDialog({ first, onClose }: { first: RunAsked; onClose: () => void }): ReactElement {
  const texts = useTexts();
  const isNarrow = useIsNarrow();
  const [chosen, setChosen] = useState(first.process);
  return (
    <Modal
      opened
      onClose={onClose}
      title={chosen ? chosen.name : texts.run.title}
      size={620}
      fullScreen={isNarrow}
      centered={false}
      yOffset="8vh"
      closeButtonProps={{ "aria-label": texts.close }}
    >
      {chosen ? (
        <StartPage process={chosen} given={first.values} onBack={() => setChosen(null)} onStarted={onClose} />
      ) : (
        <Choice onChoose={setChosen} />
      )}
    </Modal>
  );
}

function Choice({ onChoose }: { onChoose: (process: Process) => void }): ReactElement {
  const { run } = useTexts();
  const [typed, setTyped] = useState("");
  const found = useProcesses();
  const hits = found.data?.filter((process) => isMeant(process, typed)) ?? [];
  return (
    <div onKeyDown={walkFound} role="presentation">
      <TextInput
        data-autofocus
        data-way=""
        aria-label={run.search}
        placeholder={run.search}
        leftSection={<Icon sign="search" size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        size="md"
        mb="sm"
      />
      {found.isPending && <Loader size="sm" />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Groups items={hits} isSearch={typed.trim() !== ""} onChoose={onChoose} />}
    </div>
  );
}

interface GroupsGiven {
  items: readonly Process[];
  isSearch: boolean;
  onChoose: (process: Process) => void;
}

function Groups({ items, isSearch, onChoose }: GroupsGiven): ReactElement {
  const { run } = useTexts();
  if (items.length === 0) return <Empty title={isSearch ? run.nothingFound : run.empty} sign="run" />;
  return (
    <div className={styles["groups"]}>
      {groupsOf(items).map(({ name, processes }) => (
        <section key={name} aria-labelledby={`run-${name}`}>
          <h3 id={`run-${name}`} className={styles["heading"]}>
            {run[name]}
          </h3>
          <ul className={styles["list"]}>
            {processes.map((process) => (
              <ProcessRow key={process.process_id} process={process} onChoose={onChoose} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
