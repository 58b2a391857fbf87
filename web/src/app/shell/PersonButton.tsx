import { Avatar, UnstyledButton } from "@mantine/core";
import { type ComponentProps, lazy, type ReactElement, Suspense, useState } from "react";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";

const PersonMenu = lazy(() => import("./PersonMenu").then((found) => ({ default: found.PersonMenu })));

/** The picture of the person; its menu is loaded when somebody asks for it. */
export function PersonButton(): ReactElement {
  const [isAsked, setIsAsked] = useState(false);
  const picture = <Picture aria-haspopup="menu" aria-expanded={false} onClick={() => setIsAsked(true)} />;
  if (!isAsked) return picture;
  return (
    <Suspense fallback={picture}>
      <PersonMenu />
    </Suspense>
  );
}

export function Picture(given: ComponentProps<"button">): ReactElement {
  const { shell } = useTexts();
  const me = useMe();
  const name = me.display_name || me.name;
  return (
    <UnstyledButton {...given} style={{ borderRadius: "50%" }}>
      <Avatar name={name} color="accent" radius="xl" size={36} aria-hidden="true" />
      <span className="sw-hidden">{shell.person(name)}</span>
    </UnstyledButton>
  );
}
