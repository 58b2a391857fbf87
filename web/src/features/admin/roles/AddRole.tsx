import { Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { newKey, type Role, send } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { touchNames } from "../touch";
import { wrongIn } from "../wrong";
import { type Filled, RoleFields } from "./RoleFields";

interface Given {
  roles: readonly Role[];
  onClose: () => void;
  onAdded: (name: string) => void;
}

export function AddRole({ roles, onClose, onAdded }: Given): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [filled, setFilled] = useState<Filled>({ label: "", kind: "organisational", parent: "", rights: [] });
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [key] = useState(newKey);
  const { isBusy, submitOnce } = useOnce();
  const submit = async (): Promise<void> => {
    if (!name.trim()) {
      setWrong({ name: admin.roleNameMissing });
      return;
    }
    try {
      const made = await send<Role>("POST", "/roles", { name: name.trim(), ...filled }, { key });
      await touchNames(client);
      tell(admin.roleAdded(made.label || made.name));
      onAdded(made.name);
      onClose();
    } catch (error) {
      setWrong(wrongIn(error, ["name", "label", "kind", "parent"], says(error, texts)));
    }
  };
  return (
    <Modal opened onClose={onClose} title={admin.addRole} closeButtonProps={{ "aria-label": texts.close }}>
      <form onSubmit={submitOnce(submit)} noValidate>
        <Stack gap="md">
          {wrong["all"] && (
            <Text role="alert" c="var(--sw-late)">
              {wrong["all"]}
            </Text>
          )}
          <TextInput
            label={admin.roleName}
            description={admin.roleNameHint}
            required
            data-autofocus
            value={name}
            error={wrong["name"]}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <RoleFields
            filled={filled}
            roles={roles}
            wrong={wrong}
            onChange={(changed) => setFilled({ ...filled, ...changed })}
          />
          <DialogEnd submit={texts.save} isBusy={isBusy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
