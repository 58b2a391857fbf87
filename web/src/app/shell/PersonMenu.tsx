import { UnstyledButton } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Face } from "@/app/shell/Face";
import { deferred } from "@/lib/deferred";
import { useMe } from "@/lib/session";
import { useFirstTexts } from "@/lib/texts";

const PersonActions = deferred(() => import("./PersonActions").then((found) => found.PersonActions));

/** The way to what is one's own; its menu is read when somebody asks for it. */
export function PersonMenu(): ReactElement {
  const { shell } = useFirstTexts();
  const me = useMe();
  const name = me.display_name || me.name;
  const words = shell.person(name);
  const [isAsked, setIsAsked] = useState(false);
  const button = (
    <UnstyledButton
      style={{ borderRadius: "50%" }}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setIsAsked(true)}
    >
      <Face name={name} words={words} />
    </UnstyledButton>
  );
  if (!isAsked) return button;
  return <PersonActions waiting={button} words={words} onClose={() => setIsAsked(false)} />;
}
