import {
  Alert,
  Button,
  CopyButton,
  Group,
  Modal,
  NativeSelect,
  Radio,
  Stack,
  TextInput,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { DialogEnd } from "@/components/DialogEnd";
import { type ApiToken, type NewApiToken, newKey, send } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";

type Scope = ApiToken["scope"];
const SCOPES: readonly Scope[] = ["read", "act", "all"];
const DAYS = [30, 90, 365] as const;
const FOREVER = "0";

/** Makes an API token; its secret is shown this once. */
export function NewToken({ onClose }: { onClose: () => void }): ReactElement {
  const texts = useTexts();
  const [secret, setSecret] = useState("");
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.tokens.add}
      closeOnClickOutside={!secret}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      {secret ? (
        <Secret secret={secret} onClose={onClose} />
      ) : (
        <Wanted onMade={setSecret} onClose={onClose} />
      )}
    </Modal>
  );
}

function Wanted({
  onMade,
  onClose,
}: {
  onMade: (secret: string) => void;
  onClose: () => void;
}): ReactElement {
  const texts = useTexts();
  const { tokens } = texts;
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState("90");
  const [wrong, setWrong] = useState("");
  const [key] = useState(newKey);
  const { isBusy, submitOnce } = useOnce();

  const submit = async (): Promise<void> => {
    if (!name.trim()) {
      setWrong(tokens.nameMissing);
      return;
    }
    try {
      const wanted = { name: name.trim(), scope, days: days === FOREVER ? null : Number(days) };
      const made = await send<NewApiToken>("POST", "/api-tokens", wanted, { key });
      await client.invalidateQueries({ queryKey: ["api-tokens"] });
      onMade(made.secret);
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  const periods = [
    ...DAYS.map((count) => ({ value: String(count), label: tokens.days(count) })),
    { value: FOREVER, label: tokens.forever },
  ];
  return (
    <form onSubmit={submitOnce(submit)} noValidate>
      <Stack gap="md">
        <TextInput
          label={tokens.name}
          placeholder={tokens.namePlaceholder}
          value={name}
          error={wrong}
          data-autofocus
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group label={tokens.scope} value={scope} onChange={(value) => setScope(value as Scope)}>
          <Stack gap="xs" mt={4}>
            {SCOPES.map((one) => (
              <Radio key={one} value={one} label={tokens.scopes[one]} description={tokens.scopeHints[one]} />
            ))}
          </Stack>
        </Radio.Group>
        <NativeSelect
          label={tokens.expiry}
          data={periods}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <DialogEnd submit={tokens.create} isBusy={isBusy} onCancel={onClose} />
      </Stack>
    </form>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }): ReactElement {
  const { tokens } = useTexts();
  return (
    <Stack gap="md">
      <Alert color="accent">{tokens.shownOnce}</Alert>
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <TextInput
          label={tokens.secret}
          value={secret}
          readOnly
          data-autofocus
          flex={1}
          styles={{ input: { fontFamily: "ui-monospace, monospace" } }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={secret}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? tokens.copied : tokens.copy}</Button>}
        </CopyButton>
      </Group>
      <Group>
        <Button variant="default" onClick={onClose}>
          {tokens.done}
        </Button>
      </Group>
    </Stack>
  );
}
