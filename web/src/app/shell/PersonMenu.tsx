import { UnstyledButton } from "@mantine/core";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { Face } from "@/app/shell/Face";
import { useMe } from "@/lib/session";
import { useFirstTexts } from "@/lib/texts";

const PersonActions = lazy(() =>
  import("./PersonActions").then((found) => ({ default: found.PersonActions })),
);

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
  return (
    <Suspense fallback={button}>
      <PersonActions words={words} />
    </Suspense>
  );
}
