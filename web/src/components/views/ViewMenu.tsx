import { Menu } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import { Ask } from "@/components/Ask";
import type { SavedView, ViewContent } from "@/lib/api";
import { says } from "@/lib/says";
import { useFirstTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { useViewCommands, useViews } from "@/lib/views";
import { NameDialog } from "./NameDialog";

/** What views are called where they are shown. */
export interface ViewWords {
  saved?: string;
  shared: string;
  save: string;
  saveChanges: (label: string) => string;
  rename: (label: string) => string;
  remove: (label: string) => string;
  name: string;
  nameMissing: string;
  /** None: they are for oneself. */
  share?: string;
  removeTitle: string;
  removeLead: (label: string) => string;
  removeSubmit: string;
  kept: (label: string) => string;
}

interface Given {
  /** Of what they are views. */
  subject: string;
  words: ViewWords;
  /** What opens the menu. */
  target: ReactNode;
  /** What can be chosen and is no view that somebody has kept. */
  plain: readonly { value: string; label: string }[];
  /** One of these, or the id of a view. */
  chosen: string;
  /** What is looked at now, and whether it is another than what the view keeps. */
  content: ViewContent;
  isDifferent: boolean;
  isOpenAtFirst?: boolean;
  onChoose: (value: string, view: SavedView | undefined) => void;
  /** It is kept, as it is looked at now or only under another name. */
  onKept: (view: SavedView, isAsNow: boolean) => void;
  onRemoved: () => void;
  onClosed?: () => void;
}

type Asked = "new" | "rename" | "remove" | null;

/** The views of a list: to choose, and to keep, rename and delete one's own. */
export function ViewMenu(given: Given): ReactElement {
  const { subject, words, target, chosen, content, isOpenAtFirst = false, onKept, onClosed } = given;
  const texts = useFirstTexts();
  const commands = useViewCommands(subject);
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const [asked, setAsked] = useState<Asked>(null);
  const view = useViews(subject).data?.find((one) => one.id === chosen);
  const kept = (found: SavedView, isAsNow: boolean): void => {
    onKept(found, isAsNow);
    tell(words.kept(found.label));
  };
  const keep = async (found: SavedView): Promise<void> => {
    try {
      kept(await commands.change(found, found, content), true);
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
  };
  return (
    <>
      <Menu
        position="bottom-start"
        width={290}
        shadow="md"
        opened={isOpen}
        onChange={setIsOpen}
        {...(onClosed && { onClose: onClosed })}
      >
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <Choices {...given} onChosen={() => setIsOpen(false)} />
          <Menu.Divider />
          <Menu.Item onClick={() => setAsked("new")}>{words.save}</Menu.Item>
          {view?.may_change && (
            <>
              {given.isDifferent && (
                <Menu.Item onClick={() => void keep(view)}>{words.saveChanges(view.label)}</Menu.Item>
              )}
              <Menu.Item onClick={() => setAsked("rename")}>{words.rename(view.label)}</Menu.Item>
              <Menu.Item onClick={() => setAsked("remove")}>{words.remove(view.label)}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === "new" && (
        <NameDialog
          words={words}
          view={undefined}
          onSave={async (named, key) => kept(await commands.add(named, content, key), true)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === "rename" && view && (
        <NameDialog
          words={words}
          view={view}
          onSave={async (named) => kept(await commands.change(view, named, view.content), false)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === "remove" && view && (
        <Ask
          title={words.removeTitle}
          lead={words.removeLead(view.label)}
          submit={words.removeSubmit}
          isDanger
          onSubmit={async () => {
            await commands.remove(view);
            given.onRemoved();
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function Choices(given: Given & { onChosen: () => void }): ReactElement {
  const { subject, words, plain, chosen, onChoose, onChosen } = given;
  const views = useViews(subject).data ?? [];
  const choose = (value: string): void => {
    onChosen();
    onChoose(
      value,
      views.find((one) => one.id === value),
    );
  };
  return (
    <Menu.RadioGroup value={chosen} onChange={choose}>
      {plain.map(({ value, label }) => (
        <Menu.RadioItem key={value} value={value}>
          {label}
        </Menu.RadioItem>
      ))}
      {words.saved && views.length > 0 && <Menu.Label>{words.saved}</Menu.Label>}
      {views.map((one) => (
        <Menu.RadioItem key={one.id} value={one.id}>
          {one.label}
          {one.shared && <span className="sw-quiet"> · {words.shared}</span>}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
