import { Button, Group, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useRef, useState } from "react";
import { Ask } from "@/components/Ask";
import { Icon } from "@/components/icons";
import { get, newKey, part, type SavedView, type SavedViews, send } from "@/lib/api";
import { contentOf, FIRST, lookingAt, QUICK, type Quick, SUBJECT } from "@/lib/panelView";
import { says } from "@/lib/says";
import { useFirstTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { useLooking } from "./looking";
import styles from "./TaskList.module.css";

type Dialog = "add" | "rename" | "remove" | null;

/** Quick filters, and those that people have saved: to choose, and to keep, rename and delete one's own. */
export function ViewMenu({ label }: { label: string }): ReactElement {
  const { panel } = useFirstTexts();
  const looking = useLooking();
  const found = useSaved();
  const [dialog, setDialog] = useState<Dialog>(null);
  const [isOpen, setIsOpen] = useState(true);
  const target = useRef<HTMLButtonElement>(null);
  const saved = found.data?.find((one) => one.id === looking.saved?.id);
  const isQuick = looking.saved === null;
  const look = (value: string): void => {
    const other = found.data?.find((one) => one.id === value);
    setIsOpen(false);
    target.current?.focus();
    if (other) looking.look(lookingAt(other));
    else {
      const order = { sort: looking.view.sort, group: looking.view.group };
      looking.look({ view: { ...FIRST, ...order, quick: value as Quick }, saved: null });
    }
  };
  return (
    <>
      <Menu
        position="bottom-start"
        width={280}
        shadow="md"
        opened={isOpen}
        onChange={setIsOpen}
        onClose={() => target.current?.focus()}
      >
        <Menu.Target>
          <button ref={target} type="button" className={styles["view"]} aria-label={panel.view(label)}>
            <span>{label}</span>
            <Icon sign="chevron" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={looking.saved?.id ?? looking.view.quick} onChange={look}>
            {QUICK.map((quick) => (
              <Menu.RadioItem key={quick} value={quick}>
                {panel.quick[quick]}
              </Menu.RadioItem>
            ))}
            {found.data && found.data.length > 0 && <Menu.Label>{panel.saved}</Menu.Label>}
            {found.data?.map((one) => (
              <Menu.RadioItem key={one.id} value={one.id}>
                {one.label}
                {!one.may_change && <span className="sw-quiet"> · {panel.shared}</span>}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item onClick={() => setDialog("add")}>{panel.save}</Menu.Item>
          {!isQuick && saved?.may_change && <Own saved={saved} onAsk={setDialog} />}
        </Menu.Dropdown>
      </Menu>
      {(dialog === "add" || (dialog === "rename" && saved)) && (
        <NameDialog saved={dialog === "rename" ? saved : undefined} onClose={() => setDialog(null)} />
      )}
      {dialog === "remove" && saved && <RemoveDialog saved={saved} onClose={() => setDialog(null)} />}
    </>
  );
}

function useSaved() {
  return useQuery({
    queryKey: ["saved-views", SUBJECT],
    queryFn: async () => (await get<SavedViews>("/saved-views", { subject: SUBJECT })).items,
  });
}

function Own({ saved, onAsk }: { saved: SavedView; onAsk: (dialog: Dialog) => void }): ReactElement {
  const texts = useFirstTexts();
  const { view } = useLooking();
  const client = useQueryClient();
  const keep = async (): Promise<void> => {
    try {
      const body = { label: saved.label, content: contentOf(view), shared: saved.shared };
      await send("PUT", `/saved-views/${part(saved.id)}`, body);
      tell(texts.panel.kept(saved.label));
      await client.invalidateQueries({ queryKey: ["saved-views", SUBJECT] });
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
  };
  return (
    <>
      <Menu.Item onClick={() => void keep()}>{texts.panel.saveChanges(saved.label)}</Menu.Item>
      <Menu.Item onClick={() => onAsk("rename")}>{texts.panel.rename(saved.label)}</Menu.Item>
      <Menu.Item onClick={() => onAsk("remove")}>{texts.panel.remove(saved.label)}</Menu.Item>
    </>
  );
}

/** The name of a new filter, or another one for a filter that there is. */
function NameDialog({ saved, onClose }: { saved: SavedView | undefined; onClose: () => void }): ReactElement {
  const texts = useFirstTexts();
  const looking = useLooking();
  const client = useQueryClient();
  const [label, setLabel] = useState(saved?.label ?? "");
  const [wrong, setWrong] = useState("");
  const [key] = useState(newKey);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (label.trim() === "") {
      setWrong(texts.panel.nameMissing);
      return;
    }
    try {
      const kept = await keep(label.trim(), saved, contentOf(looking.view), key);
      looking.look({ view: looking.view, saved: { id: kept.id, label: kept.label } });
      tell(texts.panel.kept(kept.label));
      await client.invalidateQueries({ queryKey: ["saved-views", SUBJECT] });
      onClose();
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={saved ? texts.panel.rename(saved.label) : texts.panel.save}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput
            label={texts.panel.name}
            value={label}
            error={wrong || undefined}
            maxLength={200}
            data-autofocus
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit">{texts.save}</Button>
            <Button variant="subtle" onClick={onClose}>
              {texts.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function keep(
  label: string,
  saved: SavedView | undefined,
  content: ReturnType<typeof contentOf>,
  key: string,
): Promise<SavedView> {
  if (!saved) return send<SavedView>("POST", "/saved-views", { subject: SUBJECT, label, content }, { key });
  const body = { label, content: saved.content, shared: saved.shared };
  return send<SavedView>("PUT", `/saved-views/${part(saved.id)}`, body);
}

function RemoveDialog({ saved, onClose }: { saved: SavedView; onClose: () => void }): ReactElement {
  const { panel } = useFirstTexts();
  const looking = useLooking();
  const client = useQueryClient();
  const remove = async (): Promise<void> => {
    await send("POST", `/saved-views/${part(saved.id)}/remove`);
    looking.look({ view: FIRST, saved: null });
    await client.invalidateQueries({ queryKey: ["saved-views", SUBJECT] });
  };
  return (
    <Ask
      title={panel.removeTitle}
      lead={panel.removeLead(saved.label)}
      submit={panel.removeSubmit}
      isDanger
      onSubmit={remove}
      onClose={onClose}
    />
  );
}
