import { Avatar } from "@mantine/core";
import type { ReactElement } from "react";

/** Somebody's initials, and what pressing them does. */
export function Face({ name, words }: { name: string; words: string }): ReactElement {
  return (
    <>
      <Avatar name={name} color="accent" radius="xl" size={36} aria-hidden="true" />
      <span className="sw-hidden">{words}</span>
    </>
  );
}
