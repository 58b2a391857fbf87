import { Button, Checkbox, Group, Menu, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useState } from "react";
import { Ask } from "@/components/Ask";
import { Icon } from "@/components/icons";
import { part, type RecordTypeView, type SavedView, send } from "@/lib/api";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { contentOf, type ListSearch } from "./listState";
import type { useListState } from "./useList";

interface Given {
  type: RecordTypeView;
  list: ReturnType<typeof useListState>;
}

/** Nothing but the view, or nothing at all. */
const only = (view?: string): ListSearch => ({
  view,
  q: undefined,
  sort: undefined,
  filter: undefined,
  columns: undefined,
});

type Asked = "new" | "rename" | "remove" | null;

/** The views of a section: one's own and those of everybody. */
export function ViewMenu({ type, list }: Given): ReactElement {
  const texts = useTexts();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked>(null);
  const { view, views } = list;
  const isMine = view?.may_change ?? false;
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["saved-views", type.name] });
  const save = async (): Promise<void> => {
    if (!view) return;
    const body = { label: view.label, shared: view.shared, content: contentOf(list.state) };
    try {
      await send("PUT", `/saved-views/${part(view.id)}`, body);
      await again();
      list.go(only(view.id), true);
      tell(texts.records.viewSaved(view.label));
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
  };
  return (
    <>
      <Menu shadow="md" width={290} position="bottom-start">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<Icon sign="view" size={16} />}
            rightSection={<Icon sign="down" size={14} />}
          >
            {view ? `${view.label}${list.isDifferent ? " *" : ""}` : texts.records.views}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Choices views={views} chosen={view?.id} onChoose={(id) => list.go(only(id))} />
          <Menu.Divider />
          {view && isMine && list.isDifferent && (
            <Menu.Item onClick={() => void save()}>{texts.records.saveView(view.label)}</Menu.Item>
          )}
          <Menu.Item onClick={() => setAsked("new")}>{texts.records.newView}</Menu.Item>
          {isMine && <Menu.Item onClick={() => setAsked("rename")}>{texts.records.renameView}</Menu.Item>}
          {isMine && <Menu.Item onClick={() => setAsked("remove")}>{texts.records.removeView}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {(asked === "new" || asked === "rename") && (
        <ViewDialog
          view={asked === "rename" ? view : undefined}
          onClose={() => setAsked(null)}
          onSave={async (label, shared) => {
            const content = asked === "rename" ? view?.content : contentOf(list.state);
            const body = { label, shared, content };
            const kept =
              asked === "rename"
                ? await send<SavedView>("PUT", `/saved-views/${part(view?.id ?? "")}`, body)
                : await send<SavedView>("POST", "/saved-views", { ...body, subject: type.name });
            await again();
            if (asked === "new") list.go(only(kept.id));
          }}
        />
      )}
      {asked === "remove" && view && (
        <Ask
          title={texts.records.removeViewTitle}
          lead={texts.records.removeViewLead(view.label)}
          submit={texts.records.remove}
          isDanger
          onClose={() => setAsked(null)}
          onSubmit={async () => {
            await send("POST", `/saved-views/${part(view.id)}/remove`);
            list.go(only());
            await again();
          }}
        />
      )}
    </>
  );
}

interface ChoicesGiven {
  views: readonly SavedView[];
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
}

function Choices({ views, chosen, onChoose }: ChoicesGiven): ReactElement {
  const { records } = useTexts();
  return (
    <Menu.RadioGroup
      aria-label={records.views}
      value={chosen ?? ""}
      onChange={(id) => onChoose(id || undefined)}
    >
      <Menu.RadioItem value="">{records.everything}</Menu.RadioItem>
      {views.map((one) => (
        <Menu.RadioItem key={one.id} value={one.id}>
          {one.label}
          {one.shared && (
            <Text component="span" size="xs" c="dimmed" ml={6}>
              {records.shared}
            </Text>
          )}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

interface DialogGiven {
  view: SavedView | undefined;
  onSave: (label: string, shared: boolean) => Promise<void>;
  onClose: () => void;
}

function ViewDialog({ view, onSave, onClose }: DialogGiven): ReactElement {
  const texts = useTexts();
  const [label, setLabel] = useState(view?.label ?? "");
  const [isShared, setIsShared] = useState(view?.shared ?? false);
  const [wrong, setWrong] = useState("");
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (label.trim() === "") {
      setWrong(texts.records.viewNameMissing);
      return;
    }
    try {
      await onSave(label.trim(), isShared);
      onClose();
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={view ? texts.records.renameView : texts.records.newView}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <TextInput
            data-autofocus
            label={texts.records.viewName}
            value={label}
            maxLength={200}
            error={wrong || undefined}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <Checkbox
            label={texts.records.shareView}
            checked={isShared}
            onChange={(event) => setIsShared(event.currentTarget.checked)}
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
