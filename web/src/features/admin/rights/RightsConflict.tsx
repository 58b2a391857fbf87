import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useRoleNames } from "@/components/names";
import { type RecordRight, Refused } from "@/lib/api";
import { isSame } from "@/lib/conflicts";
import { useTexts } from "@/lib/texts";
import { EVERYBODY, REACH } from "./reach";

interface Given {
  mine: readonly RecordRight[];
  theirs: readonly RecordRight[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}

/** Somebody gave other rights before: what differs, role by role, and the person says which hold. */
export function RightsConflict({ mine, theirs, onKeepMine, onTakeTheirs, onClose }: Given): ReactElement {
  const { admin, record, cancel, close } = useTexts();
  const told = useRightWords();
  const roles = [...new Set([...theirs, ...mine].map((right) => right.role))].filter(
    (role) => !isSame(rightOf(theirs, role), rightOf(mine, role)),
  );
  const names = useRoleNames(roles);
  return (
    <Modal
      opened
      onClose={onClose}
      title={admin.rightsConflict}
      size={620}
      closeButtonProps={{ "aria-label": close }}
    >
      <Stack>
        <Text>{admin.rightsConflictLead}</Text>
        {roles.map((role, index) => (
          <div key={role}>
            <Text fw={600}>{role === EVERYBODY ? admin.everyRole : names[index]}</Text>
            <Text>{`${record.mine} ${told(rightOf(mine, role))}`}</Text>
            <Text>{`${record.theirs} ${told(rightOf(theirs, role))}`}</Text>
          </div>
        ))}
        <Group>
          <Button data-autofocus onClick={onKeepMine}>
            {admin.keepMine}
          </Button>
          <Button variant="default" onClick={onTakeTheirs}>
            {admin.takeTheirs}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {cancel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The rights that somebody gave since these were read; null when something else is wrong. */
export function theirRights(error: unknown): readonly RecordRight[] | null {
  if (!(error instanceof Refused) || error.code !== "record-rights.outdated") return null;
  const { theirs } = error.facts;
  return Array.isArray(theirs) ? (theirs as RecordRight[]) : null;
}

function rightOf(rights: readonly RecordRight[], role: string): RecordRight | null {
  const found = rights.find((right) => right.role === role);
  return found ? { add: false, change: "none", delete: "none", ...found } : null;
}

/** What a role may do, as people read it. */
function useRightWords(): (right: RecordRight | null) => string {
  const { admin } = useTexts();
  return (right) => {
    if (!right) return admin.none;
    const reaches = REACH.map((what) => [what, right[what] ?? "none"] as const);
    const words = reaches.flatMap(([what, reach]) =>
      reach === "none" ? [] : [`${admin[what]}: ${admin[reach]}`],
    );
    return [...words, ...(right.add ? [admin.add] : [])].join(", ") || admin.none;
  };
}
