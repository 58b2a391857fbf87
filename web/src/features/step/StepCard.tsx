import { Alert } from "@mantine/core";
import {
  type ReactElement,
  type ReactNode,
  type RefObject,
  type SubmitEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import type { Filling, Values } from "@/components/form/filling";
import { layoutOf, schemaOf } from "@/components/form/schema";
import { LaterForm } from "@/components/LaterForm";
import type { StepPage } from "@/lib/api";
import { deferred } from "@/lib/deferred";
import { useOpening } from "@/lib/opening";
import { placeOf } from "@/lib/records";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { Approvers } from "./Approvers";
import { Body } from "./Body";
import { ElsewhereDialog } from "./ElsewhereDialog";
import { Footer } from "./Footer";
import { Frame } from "./Frame";
import { Header } from "./Header";
import { isQuestion } from "./isQuestion";
import { useOver } from "./over";
import { PartsBar, useParts } from "./Parts";
import styles from "./Step.module.css";
import { approvedRecord, Summary } from "./Summary";
import { usePress } from "./usePress";
import { useDraft, useElsewhere } from "./useStep";
import { Wrong } from "./Wrong";

const ConflictDialog = deferred(() =>
  import("@/components/record/ConflictDialog").then((found) => found.ConflictDialog),
);

const PATIENCE = 1_000; // milliseconds that Close waits for the draft; it is kept in the browser, too

export type Evaluate = (expression: string) => unknown;

/** One frame for all steps: what it is about, its page, what can be done with it. */
export function StepCard({ page }: { page: StepPage }): ReactElement {
  const me = useMe();
  const { advance } = useOpening();
  const filling = useRef<Filling>(null);
  const typed = useRef<Values>({});
  const isFilled = useRef(false);
  const draft = useDraft(page, me.name);
  const elsewhere = useElsewhere(page.id, me.name);
  const [isLater, setIsLater] = useState(false);
  const { later, laterButton } = useLaterFocus(isLater);
  const [isReady, setIsReady] = useState(false);
  const [uploads, setUploads] = useState(0);
  const [evaluate, setEvaluate] = useState<{ by: Evaluate } | null>(null);
  const about = approvedRecord(page);
  const layout = layoutOf(schemaOf(page.schema));
  const parts = useParts(page.id, layout, filling);
  const over = useOver(page, filling, draft.restored ?? page.draft?.values ?? null);
  const press = usePress(page, { filling, draft, over });

  const { keep } = draft;
  const { isTaking, typed: changed } = over;
  const change = useCallback(
    (values: Values, by?: Evaluate) => {
      const isNew = JSON.stringify(values) !== JSON.stringify(typed.current);
      if (isNew && isFilled.current && !isTaking()) keep(changed(values));
      isFilled.current = true;
      setIsReady(true);
      typed.current = values;
      if (isNew && by) setEvaluate({ by });
    },
    [keep, changed, isTaking],
  );
  const close = async (): Promise<void> => {
    await Promise.race([draft.flush(), new Promise((done) => window.setTimeout(done, PATIENCE))]);
    advance(page.id);
  };
  const gone = (): void => {
    draft.drop();
    advance(page.id);
  };

  return (
    <Frame stepId={page.id}>
      <Header page={page} />
      <Sheet isForm={isQuestion(page)} onEnter={press.byEnter}>
        <div className={styles["body"]} hidden={isLater}>
          <Wrong messages={[...new Set([...press.wrong, ...parts.wrong])]} />
          <OpenConditions page={page} conditions={press.conditions} />
          {about && <Summary id={about} />}
          {page.kind === "approval" && <Approvers page={page} />}
          {layout && <PartsBar parts={parts} />}
          <Body
            page={page}
            restored={draft.restored}
            hidden={parts.hidden}
            onHiddenWrong={parts.show}
            onChange={change}
            onUpload={(isBegun) => setUploads((before) => before + (isBegun ? 1 : -1))}
            ref={filling}
          />
        </div>
        {!isLater && (
          <Footer
            page={page}
            press={press}
            isReady={isReady}
            isUploading={uploads > 0}
            parts={parts}
            draft={draft.state}
            evaluate={evaluate?.by ?? null}
            onLater={() => setIsLater(true)}
            laterButton={laterButton}
            onClose={() => void close()}
            onGone={gone}
          />
        )}
      </Sheet>
      {isLater && (
        <div ref={later} className={styles["later"]}>
          <LaterForm task={page} onCancel={() => setIsLater(false)} onDone={close} />
        </div>
      )}
      {press.conflict && (
        <ConflictDialog
          type={placeOf(page.record ?? "").type}
          before={press.conflict.before}
          mine={press.conflict.mine}
          conflict={press.conflict}
          isBusy={press.isBusy}
          onSave={press.settle}
          onClose={press.closeConflict}
        />
      )}
      {elsewhere && !press.isSent() && (
        <ElsewhereDialog page={page} what={elsewhere} over={over} values={typed} onClose={gone} />
      )}
    </Frame>
  );
}

/** Perform later begins at its first field; cancelled, the focus is where it was. */
function useLaterFocus(isLater: boolean): {
  later: RefObject<HTMLDivElement | null>;
  laterButton: RefObject<HTMLButtonElement | null>;
} {
  const later = useRef<HTMLDivElement>(null);
  const laterButton = useRef<HTMLButtonElement>(null);
  const wasLater = useRef(false);
  useEffect(() => {
    if (isLater) later.current?.querySelector("input")?.focus();
    else if (wasLater.current) laterButton.current?.focus();
    wasLater.current = isLater;
  }, [isLater]);
  return { later, laterButton };
}

/** A question is a form of ours, so that Enter sends it; the viewer brings a form of its own. */
function Sheet({
  isForm,
  onEnter,
  children,
}: {
  isForm: boolean;
  onEnter: () => void;
  children: ReactNode;
}): ReactElement {
  if (!isForm) return <div>{children}</div>;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (event.target === event.currentTarget) onEnter(); // not what the viewer sends for fields beneath the question
  };
  return (
    <form noValidate onSubmit={submit}>
      {children}
    </form>
  );
}

function OpenConditions({
  page,
  conditions,
}: {
  page: StepPage;
  conditions: readonly string[] | null;
}): ReactElement | null {
  const { step } = useTexts();
  const open = conditions ?? page.open_conditions ?? [];
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (conditions === null || conditions.length === 0) return;
    place.current?.scrollIntoView({ block: "nearest" });
    place.current?.focus({ preventScroll: true });
  }, [conditions]);
  if (open.length === 0) return null;
  return (
    <Alert ref={place} tabIndex={-1} color="accent" mb="md" title={step.open(open.length)}>
      <ul className={styles["conditions"]}>
        {open.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Alert>
  );
}
