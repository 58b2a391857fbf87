import { Button } from "@mantine/core";
import { type ReactElement, useEffect, useRef } from "react";
import { useTexts } from "@/lib/texts";
import styles from "./table.module.css";

const AHEAD = "600px";

/** Reads on when it comes near; the button is for those who do not scroll. */
export function More({ isBusy, onMore }: { isBusy: boolean; onMore: () => void }): ReactElement {
  const { table } = useTexts();
  const place = useRef<HTMLDivElement>(null);
  const told = useRef(onMore);
  useEffect(() => {
    told.current = onMore;
  });
  useEffect(() => {
    if (!place.current) return;
    const seen = new IntersectionObserver(
      ([one]) => {
        if (one?.isIntersecting) told.current();
      },
      { rootMargin: AHEAD },
    );
    seen.observe(place.current);
    return () => seen.disconnect();
  }, []);
  return (
    <div ref={place} className={styles["more"]}>
      <Button variant="subtle" loading={isBusy} onClick={onMore}>
        {table.more}
      </Button>
    </div>
  );
}
