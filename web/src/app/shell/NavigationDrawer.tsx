import { Drawer } from "@mantine/core";
import type { ReactElement } from "react";
import { Navigation } from "@/app/shell/Navigation";
import { useFirstTexts } from "@/lib/texts";

/** The navigation of narrow screens. */
export function NavigationDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const { close } = useFirstTexts();
  return (
    <Drawer
      opened
      onClose={onClose}
      size={280}
      title="Stepwell"
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ "aria-label": close }}
    >
      <Navigation onGo={onClose} />
    </Drawer>
  );
}
