import { Button, PasswordInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Refused, send } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { type Texts, useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import styles from "./Settings.module.css";

interface Filled {
  old: string;
  next: string;
  again: string;
}

type Wrong = Partial<Filled>;
const NOTHING: Filled = { old: "", next: "", again: "" };

export function Password(): ReactElement {
  const texts = useTexts();
  const { settings } = texts;
  const client = useQueryClient();
  const [filled, setFilled] = useState(NOTHING);
  const [wrong, setWrong] = useState<Wrong>({});
  const { isBusy, submitOnce } = useOnce();

  const submit = async (): Promise<void> => {
    const found = wrongOf(filled, settings);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    try {
      await send("PUT", "/me/password", { old: filled.old, new: filled.next });
      setFilled(NOTHING);
      tell(settings.passwordChanged);
      await client.invalidateQueries({ queryKey: ["sessions"] });
    } catch (error) {
      const isOld = error instanceof Refused && error.code === "password.wrong";
      setWrong({ [isOld ? "old" : "next"]: says(error, texts) });
    }
  };
  const fields = [
    ["old", settings.passwordOld, "current-password"],
    ["next", settings.passwordNew, "new-password"],
    ["again", settings.passwordAgain, "new-password"],
  ] as const;
  return (
    <form onSubmit={submitOnce(submit)} noValidate className={styles["fields"]}>
      {fields.map(([name, label, kind]) => (
        <PasswordInput
          key={name}
          label={label}
          autoComplete={kind}
          value={filled[name]}
          error={wrong[name]}
          visibilityToggleButtonProps={{ "aria-label": texts.login.show }}
          onChange={(event) => setFilled({ ...filled, [name]: event.currentTarget.value })}
        />
      ))}
      <Button type="submit" loading={isBusy} variant="default" style={{ alignSelf: "flex-start" }}>
        {settings.passwordChange}
      </Button>
    </form>
  );
}

function wrongOf(filled: Filled, texts: Texts["settings"]): Wrong {
  const found: Wrong = {};
  if (!filled.old) found.old = texts.passwordMissing;
  if (!filled.next) found.next = texts.passwordMissing;
  else if (filled.next !== filled.again) found.again = texts.passwordDiffers;
  return found;
}
