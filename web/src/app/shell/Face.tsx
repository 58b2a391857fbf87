import { Avatar } from "@mantine/core";
import type { ReactElement } from "react";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";

/** The person's picture, and in words whose it is. */
export function Face(): ReactElement {
  const { shell } = useTexts();
  const me = useMe();
  const name = me.display_name || me.name;
  return (
    <>
      <Avatar name={name} color="accent" radius="xl" size={36} aria-hidden="true" />
      <span className="sw-hidden">{shell.person(name)}</span>
    </>
  );
}
