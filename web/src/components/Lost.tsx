import { Button } from "@mantine/core";
import type { KeyboardEvent, ReactElement } from "react";
import { Failed } from "@/components/Failed";
import { get } from "@/lib/api";
import type { Lost as Given } from "@/lib/deferred";
import { allTextsIn, useFirstTexts, useLanguage } from "@/lib/texts";

/** In place of a part of the app that did not come or broke: what to do. All else on the page goes on. */
export function Lost({ bring, onBack, onClose }: Given): ReactElement {
  const texts = useFirstTexts();
  const language = useLanguage();
  const retry = (): void =>
    void Promise.all([bring(), allTextsIn(language)]).then(onBack, () =>
      // Where the server answers and it still does not come, the app is another one by now.
      get("/me").then(
        () => location.reload(),
        () => undefined,
      ),
    );
  const message = <Failed words={texts.lost} onRetry={retry} />;
  if (!onClose) return message;
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
  };
  return (
    <div
      role="dialog"
      aria-label={texts.lost}
      ref={focused}
      tabIndex={-1}
      className="sw-card sw-lost"
      onKeyDown={press}
    >
      {message}
      <Button variant="subtle" onClick={onClose}>
        {texts.close}
      </Button>
    </div>
  );
}

function focused(place: HTMLElement | null): void {
  place?.focus();
}

/** The same in place of a page, within its frame. */
export function LostPage({ reset }: { reset: () => void }): ReactElement {
  return <Lost bring={() => Promise.resolve()} onBack={reset} />;
}
