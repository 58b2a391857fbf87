import { Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { newKey, type Person, send } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { touchNames } from "../touch";
import { wrongIn } from "../wrong";
import { type Filled, PersonFields, type Wrong } from "./PersonFields";

const FIELDS = ["name", "display_name", "email", "manager", "language", "time_zone", "roles", "password"];

export function AddPerson({ onClose }: { onClose: () => void }): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const me = useMe();
  const client = useQueryClient();
  const [filled, setFilled] = useState<Filled>({
    name: "",
    display_name: "",
    email: "",
    manager: "",
    language: me.language,
    time_zone: me.time_zone,
    roles: [],
  });
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<Wrong>({});
  const [key] = useState(newKey);
  const { isBusy, submitOnce } = useOnce();

  const submit = async (): Promise<void> => {
    if (!filled.name.trim()) {
      setWrong({ name: admin.loginMissing });
      return;
    }
    try {
      const body = { ...filled, name: filled.name.trim(), password: password || null };
      const made = await send<Person>("POST", "/people", body, { key });
      tell(admin.personAdded(made.display_name || made.name));
      await touchNames(client);
      onClose();
    } catch (error) {
      setWrong(wrongIn(error, FIELDS, says(error, texts)));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={admin.addPerson}
      size={640}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={submitOnce(submit)} noValidate>
        <Stack gap="md">
          {wrong.all && (
            <Text role="alert" c="var(--sw-late)">
              {wrong.all}
            </Text>
          )}
          <TextInput
            label={admin.login}
            description={admin.loginHint}
            required
            data-autofocus
            value={filled.name}
            error={wrong.name}
            onChange={(event) => setFilled({ ...filled, name: event.currentTarget.value })}
          />
          <PersonFields
            filled={filled}
            wrong={wrong}
            onChange={(part) => setFilled({ ...filled, ...part })}
          />
          <PasswordInput
            label={admin.password}
            description={`${admin.passwordHint} ${admin.passwordNone}`}
            autoComplete="new-password"
            value={password}
            error={wrong.password}
            visibilityToggleButtonProps={{ "aria-label": texts.login.show }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <DialogEnd submit={texts.save} isBusy={isBusy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
