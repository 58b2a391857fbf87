import { UnstyledButton } from "@mantine/core";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { Face } from "@/app/shell/Face";

const PersonActions = lazy(() =>
  import("./PersonActions").then((found) => ({ default: found.PersonActions })),
);

/** The picture of who is logged in; its menu is loaded when somebody asks for it. */
export function PersonMenu(): ReactElement {
  const [isAsked, setIsAsked] = useState(false);
  const button = (
    <UnstyledButton
      style={{ borderRadius: "50%" }}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setIsAsked(true)}
    >
      <Face />
    </UnstyledButton>
  );
  if (!isAsked) return button;
  return (
    <Suspense fallback={button}>
      <PersonActions />
    </Suspense>
  );
}
