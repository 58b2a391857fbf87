import { Drawer } from "@mantine/core";
import type { ReactElement } from "react";
import { Navigation } from "@/app/shell/Navigation";
import { useTexts } from "@/lib/texts";

export function NavigationDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const { close } = useTexts();
  return (
    <Drawer opened onClose={onClose} size={280} title="Stepwell" closeButtonProps={{ "aria-label": close }}>
      <Navigation onGo={onClose} />
    </Drawer>
  );
}
