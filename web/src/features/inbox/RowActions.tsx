import { Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useRef, useState } from "react";
import { Icon } from "@/components/icons";
import shared from "@/components/panel.module.css";
import { type InboxTask, newKey, part, send } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { isOfColleague, mayBeReleased } from "@/lib/inbox";
import { useOpening } from "@/lib/opening";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useFirstTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { touchAll } from "@/lib/touch";

const PerformLater = deferred(() => import("@/components/PerformLater").then((found) => found.PerformLater));
const Reassign = deferred(() => import("@/components/Reassign").then((found) => found.Reassign));

type Dialog = "later" | "reassign" | null;

/** The menu of a row, open at first. */
export function RowActions({ task, words }: { task: InboxTask; words: string }): ReactElement {
  const { inbox } = useFirstTexts();
  const { open } = useOpening();
  const [dialog, setDialog] = useState<Dialog>(null);
  const target = useRef<HTMLButtonElement>(null);
  const isOthers = isOfColleague(task, useMe().name);
  const close = (): void => setDialog(null);
  return (
    <>
      <Menu
        position="bottom-end"
        width={230}
        shadow="md"
        defaultOpened
        onClose={() => target.current?.focus()}
      >
        <Menu.Target>
          <button ref={target} type="button" className={shared["dots"]} aria-label={words}>
            <Icon sign="dots" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon sign="open" />} onClick={() => open(task.id)}>
            {inbox.open}
          </Menu.Item>
          {!isOthers && (
            <>
              <Quick task={task} />
              <Menu.Item leftSection={<Icon sign="clock" />} onClick={() => setDialog("later")}>
                {inbox.later}
              </Menu.Item>
              <Menu.Item leftSection={<Icon sign="transfer" />} onClick={() => setDialog("reassign")}>
                {inbox.reassign}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === "later" && <PerformLater task={task} onClose={close} onDone={close} />}
      {dialog === "reassign" && <Reassign task={task} onClose={close} onDone={close} />}
    </>
  );
}

/** Taking it, or giving it back: whichever it can be. */
function Quick({ task }: { task: InboxTask }): ReactElement | null {
  const texts = useFirstTexts();
  const client = useQueryClient();
  const act = async (verb: "claim" | "release", said: string): Promise<void> => {
    try {
      await send("POST", `/user-tasks/${part(task.id)}/${verb}`, {}, { key: newKey() });
      tell(said);
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
    await touchAll(client);
  };
  if (task.assignee === "")
    return (
      <Menu.Item
        leftSection={<Icon sign="person" />}
        onClick={() => void act("claim", texts.inbox.claimed(task.title))}
      >
        {texts.inbox.claim}
      </Menu.Item>
    );
  if (!mayBeReleased(task)) return null;
  return (
    <Menu.Item
      leftSection={<Icon sign="release" />}
      onClick={() => void act("release", texts.inbox.released(task.title))}
    >
      {texts.inbox.release}
    </Menu.Item>
  );
}
