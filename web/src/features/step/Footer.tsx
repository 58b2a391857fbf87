import { Button } from "@mantine/core";
import { type ReactElement, type Ref, useEffect, useId, useRef, useState } from "react";
import { usePeopleNames, usePersonName, useRoleNames } from "@/components/names";
import type { ButtonShown, StepPage } from "@/lib/api";
import { buttonText } from "@/lib/buttons";
import { deferred } from "@/lib/deferred";
import { beginAt } from "@/lib/focus";
import { useMe } from "@/lib/session";
import { useLocale, useTexts } from "@/lib/texts";
import { draftWords } from "./draftWords";
import { isQuestion } from "./isQuestion";
import type { Parts } from "./Parts";
import styles from "./Step.module.css";
import type { Press } from "./usePress";
import type { DraftState } from "./useStep";

const Reassign = deferred(() => import("@/components/Reassign").then((found) => found.Reassign));

interface Given {
  page: StepPage;
  press: Press;
  /** Whether the page is there to be pressed. */
  isReady: boolean;
  /** A file is on its way to the page. */
  isUploading: boolean;
  parts: Parts;
  draft: DraftState;
  evaluate: ((expression: string) => unknown) | null;
  onLater: () => void;
  laterButton: Ref<HTMLButtonElement>;
  onClose: () => void;
  onGone: () => void;
}

/** The page's own buttons, Perform later and Close, and whose step it is. */
export function Footer({
  page,
  press,
  isReady,
  isUploading,
  parts,
  draft,
  evaluate,
  onLater,
  laterButton,
  onClose,
  onGone,
}: Given): ReactElement {
  const texts = useTexts();
  const may = page.may ?? {};
  const waiting = useId();
  const given = {
    disabled: !isReady || isUploading,
    "aria-describedby": isUploading ? waiting : undefined,
  };
  const shown = page.buttons.filter(
    (button) => !button.shown_if || evaluate?.(`=${button.shown_if}`) === true,
  );
  return (
    <footer className={styles["foot"]}>
      <div className={styles["buttons"]}>
        {parts.isLast ? (
          shown.map((button) => (
            <PageButton key={button.code} button={button} page={page} press={press} given={given} />
          ))
        ) : (
          <Button {...given} onClick={() => void parts.next()}>
            {texts.step.next}
          </Button>
        )}
        {parts.hasBack && (
          <Button variant="default" onClick={parts.back}>
            {texts.step.back}
          </Button>
        )}
        {may["postpone"] !== false && (
          <Button variant="subtle" data-tour="later" ref={laterButton} onClick={onLater}>
            {texts.step.later}
          </Button>
        )}
        <Button variant="subtle" onClick={onClose}>
          {texts.close}
        </Button>
        <span id={waiting} role="status" className={styles["waiting"]}>
          {isUploading && texts.stepMore.files.underWay}
        </span>
      </div>
      <Whose page={page} draft={draft} onGone={onGone} />
    </footer>
  );
}

const LOOKS: Record<string, { variant: string; color?: string }> = {
  primary: { variant: "filled" },
  secondary: { variant: "default" },
  danger: { variant: "outline", color: "var(--sw-late)" },
};

interface ButtonGiven {
  button: ButtonShown;
  page: StepPage;
  press: Press;
  given: { disabled: boolean; "aria-describedby": string | undefined };
}

function PageButton({ button, page, press, given }: ButtonGiven): ReactElement {
  const texts = useTexts();
  const isFirst = button === page.buttons.find((other) => other.completes);
  const isSubmit = isFirst && isQuestion(page);
  const place = useRef<HTMLButtonElement>(null);
  const beginsHere = page.kind === "plain" && isFirst && !given.disabled; // there is nothing to fill in before
  useEffect(() => {
    if (beginsHere) beginAt(place.current);
  }, [beginsHere]);
  return (
    <Button
      {...LOOKS[isFirst || button.style !== "primary" ? button.style : "secondary"]}
      data-tour={isFirst ? "press" : undefined}
      {...given}
      type={isSubmit ? "submit" : "button"}
      ref={place}
      disabled={page.may?.["complete"] === false || press.isBusy || given.disabled}
      onClick={isSubmit ? undefined : () => void press.press(button)}
    >
      {buttonText(button, page.kind, texts)}
    </Button>
  );
}

function Whose({
  page,
  draft,
  onGone,
}: {
  page: StepPage;
  draft: DraftState;
  onGone: () => void;
}): ReactElement {
  const texts = useTexts();
  const me = useMe();
  const locale = useLocale();
  const [isHandedOn, setIsHandedOn] = useState(false);
  const words = [useWhose(page)];
  const time = (at: Date): string =>
    at.toLocaleTimeString(locale, { timeZone: me.time_zone, hour: "2-digit", minute: "2-digit" });
  words.push(draftWords(draft, texts, time));
  return (
    <p className={styles["whose"]}>
      <span>{words.filter(Boolean).join(" · ")}</span>
      {page.may?.["reassign"] !== false && (
        <Button variant="transparent" size="compact-sm" px={4} onClick={() => setIsHandedOn(true)}>
          {texts.step.reassign}
        </Button>
      )}
      {isHandedOn && <Reassign task={page} onClose={() => setIsHandedOn(false)} onDone={onGone} />}
    </p>
  );
}

function useWhose({ assignee, candidate_roles: roles, candidate_users: people }: StepPage): string {
  const { step } = useTexts();
  const me = useMe();
  const called = usePersonName(assignee);
  const offered = [...useRoleNames(roles), ...usePeopleNames(people)];
  if (assignee === me.name) return step.assignedToMe;
  if (assignee) return step.assignedTo(called);
  return offered.length > 0 ? step.offeredTo(offered.join(", ")) : "";
}
