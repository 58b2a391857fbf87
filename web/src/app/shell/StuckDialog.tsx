import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useElementName } from "@/components/elementNames";
import { type Stuck, stuck } from "@/lib/opening";
import { useMe } from "@/lib/session";
import { useStore } from "@/lib/store";
import { useTexts } from "@/lib/texts";

/** What came in the way of what the person waited for, and who can repair it. */
export function StuckDialog(): ReactElement {
  const { log, close } = useTexts();
  const found = useStore(stuck);
  return (
    <Modal
      opened={found !== null}
      onClose={() => stuck.set(null)}
      title={log.stuck.title}
      closeButtonProps={{ "aria-label": close }}
    >
      {found && <What {...found} />}
    </Modal>
  );
}

function What({ title, incident }: Stuck): ReactElement {
  const { log, close, run } = useTexts();
  const isOperator = useMe().rights.includes("operate");
  const instance = instanceOf(incident.id);
  const { name } = useElementName(instance, incident.element);
  const roles = (incident.repairers ?? []).join(", ");
  const others = roles ? log.stuck.who(roles) : log.stuck.whoNobody;
  return (
    <Stack gap="sm">
      <Text fw={650}>{title}</Text>
      <Text>{incident.message}</Text>
      {name && <Text c="dimmed">{log.stuck.element(name)}</Text>}
      <Text c="dimmed">{isOperator ? log.stuck.whoYou : others}</Text>
      <Group>
        <Button variant={isOperator ? "default" : "filled"} onClick={() => stuck.set(null)}>
          {close}
        </Button>
        <Button
          component={Link}
          to="/log/$id"
          params={{ id: instance } as never}
          variant={isOperator ? "filled" : "subtle"}
          onClick={() => stuck.set(null)}
        >
          {isOperator ? log.stuck.repair : run.show}
        </Button>
      </Group>
    </Stack>
  );
}

/** The run in which an incident is: `17-3` stands in 17. */
const instanceOf = (incident: string): string => incident.replace(/-\d+$/, "");
