/** Filling in an activity and saving it; what is wrong stands beside its field. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Refused } from "@/lib/api";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import type { Wrong } from "./ActivityFields";
import { touchActivities } from "./data";
import { changedValues, type Filled, placeOf, typedSince } from "./values";

type Changed = Record<string, unknown>;
/** Gives what is filled in from now on, where the form stays. */
type Save = (changed: Changed) => Promise<Filled | undefined>;

export interface ActivityForm {
  filled: Filled;
  wrong: Wrong;
  isBusy: boolean;
  /** What was filled in since it was sent. */
  since: () => Partial<Filled>;
  change: (part: Partial<Filled>) => void;
  /** Save what was changed, with this on top of it; whether it worked. */
  save: (more?: Partial<Filled>) => Promise<boolean>;
  /** The same with just these values, saved in this way. */
  give: (changed: Changed, save: Save) => Promise<boolean>;
}

/** `refused` may take a refusal upon itself; then nothing is shown here. */
export function useActivityForm(
  first: Filled,
  before: Filled,
  save: Save,
  refused: (error: Refused, changed: Changed) => boolean = () => false,
): ActivityForm {
  const texts = useTexts();
  const client = useQueryClient();
  const { time_zone: zone } = useMe();
  const [filled, setFilled] = useState(first);
  const latest = useRef(filled);
  const sent = useRef(filled);
  const [wrong, setWrong] = useState<Wrong>({});
  const [isBusy, setIsBusy] = useState(false);

  const since = (): Partial<Filled> => typedSince(sent.current, latest.current);
  const change = (part: Partial<Filled>): void => {
    latest.current = { ...latest.current, ...part };
    setFilled(latest.current);
  };
  const submit = async (more: Partial<Filled> = {}): Promise<boolean> => {
    const wanted = { ...filled, ...more };
    const missing = missingIn(wanted, texts.activities);
    setWrong(missing);
    if (Object.keys(missing).length > 0) return false;
    return give(changedValues(before, wanted, zone), save);
  };
  const give = async (changed: Changed, how: Save): Promise<boolean> => {
    setIsBusy(true);
    sent.current = latest.current;
    try {
      const after = await how(changed);
      if (after) change({ ...after, ...since() });
      await touchActivities(client);
      return true;
    } catch (error) {
      if (!(error instanceof Refused && refused(error, changed)))
        setWrong(wrongOf(error, says(error, texts)));
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { filled, wrong, isBusy, since, change, save: submit, give };
}

function missingIn(filled: Filled, texts: ReturnType<typeof useTexts>["activities"]): Wrong {
  return {
    ...(filled.subject.trim() === "" && { subject: texts.subjectMissing }),
    ...(filled.start === "" && { start: texts.startMissing }),
  };
}

function wrongOf(error: unknown, all: string): Wrong {
  const problems = error instanceof Refused ? error.problems : [];
  const placed = problems.flatMap((one) => {
    const name = placeOf(one.field ?? "");
    return name ? [[name, one.message] as const] : [];
  });
  return placed.length > 0 && placed.length === problems.length ? Object.fromEntries(placed) : { all };
}
