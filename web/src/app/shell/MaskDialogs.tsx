import { Button, FocusTrap, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, Suspense, useEffect, useState } from "react";
import { leave, type Running, running } from "@/lib/opening";
import { useStore } from "@/lib/store";
import { useFirstTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { whatRuns } from "@/lib/whatRuns";
import { StuckDialog } from "./StuckDialog";
import styles from "./Shell.module.css";

const SHOWN_AFTER = 250; // milliseconds: most steps are faster, and a mask that only flashes disturbs
const LONG_AFTER = 10_000;
const ASKED_EVERY = 1_500;

/** What the person waits for, and what came in the way of it. */
export function MaskDialogs(): ReactElement {
  const what = useStore(running);
  return (
    <>
      {what && <Mask key={what.number} what={what} />}
      <Suspense>
        <StuckDialog />
      </Suspense>
    </>
  );
}

function Mask({ what }: { what: Running }): ReactElement | null {
  const texts = useFirstTexts();
  const isShown = useAfter(SHOWN_AFTER);
  const name = useWhatRuns(isShown ? what.instanceId : null);
  const isLong = useAfter(LONG_AFTER);
  if (!isShown) return null;
  const goOn = (): void => {
    leave();
    tell(texts.mask.left(what.title));
  };
  return (
    <FocusTrap active>
      <div className={styles["mask"]} role="dialog" aria-modal="true" aria-labelledby="mask-title">
        <div className={`sw-card ${styles["maskCard"]}`}>
          <Stack align="center" gap="sm">
            <Loader aria-label={texts.loading} />
            <Text id="mask-title" fw={650} size="lg" data-autofocus tabIndex={-1}>
              {name ?? what.title}
            </Text>
            <Text c="dimmed">{isLong ? texts.mask.long : `${texts.mask.title}. ${texts.mask.lead}`}</Text>
            {isLong && <Button onClick={goOn}>{texts.mask.leave}</Button>}
          </Stack>
        </div>
      </div>
    </FocusTrap>
  );
}

/** The name of what runs; not worth a message when it can not be told. */
function useWhatRuns(instanceId: string | null): string | null {
  const found = useQuery({
    queryKey: ["what-runs", instanceId],
    queryFn: () => whatRuns(instanceId ?? ""),
    enabled: instanceId !== null,
    refetchInterval: ASKED_EVERY,
    retry: false,
    gcTime: 0,
  });
  return found.data ?? null;
}

function useAfter(milliseconds: number): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setIsOver(true), milliseconds);
    return () => window.clearTimeout(timer);
  }, [milliseconds]);
  return isOver;
}
