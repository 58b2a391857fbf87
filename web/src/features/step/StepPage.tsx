import { Button, Skeleton, Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { Refused } from "@/lib/api";
import { useOpening } from "@/lib/opening";
import { useTexts } from "@/lib/texts";
import { Frame } from "./Frame";
import { StepCard } from "./StepCard";
import { isOver, StepOver } from "./StepOver";
import { useStep } from "./useStep";

/** A step that is open: its page, or why it can not be shown. */
export function StepPage({ id }: { id: string }): ReactElement {
  const { advance } = useOpening();
  const found = useStep(id);
  if (found.data) return <StepCard page={found.data} />;
  if (found.isPending)
    return (
      <Frame>
        <Stack p="lg">
          <Skeleton h={14} w="40%" />
          <Skeleton h={26} w="70%" />
          <Skeleton h={42} mt="md" />
          <Skeleton h={42} />
        </Stack>
      </Frame>
    );
  return (
    <Frame>
      {found.error instanceof Refused && isOver(found.error) ? (
        <StepOver error={found.error} />
      ) : (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      )}
      <Close onClose={() => advance(id)} />
    </Frame>
  );
}

function Close({ onClose }: { onClose: () => void }): ReactElement {
  const { close } = useTexts();
  return (
    <Stack align="center" pb="lg">
      <Button onClick={onClose}>{close}</Button>
    </Stack>
  );
}
