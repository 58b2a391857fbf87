import { type SubmitEvent, useCallback, useRef, useState } from "react";
import { giveBack } from "./focus";
import { refusesHalf } from "./halfTyped";

type Command = () => Promise<void>;

interface Once {
  isBusy: boolean;
  once: (command: Command) => Promise<void>;
  /** For a form: React sends the event of one in a dialog on to the form of the page, in which it is not. */
  submitOnce: (command: Command) => (event: SubmitEvent<HTMLFormElement>) => void;
}

/** One press, one request: what is pressed again while it is under way does nothing. */
export function useOnce(): Once {
  const isUnderWay = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const once = useCallback(async (command: Command): Promise<void> => {
    if (isUnderWay.current) return;
    const from = document.activeElement;
    isUnderWay.current = true;
    setIsBusy(true);
    try {
      await command();
    } finally {
      isUnderWay.current = false;
      setIsBusy(false);
      giveBack(from);
    }
  }, []);
  const submitOnce = useCallback(
    (command: Command) =>
      (event: SubmitEvent<HTMLFormElement>): void => {
        event.preventDefault();
        event.stopPropagation();
        if (!refusesHalf(event.currentTarget)) void once(command);
      },
    [once],
  );
  return { isBusy, once, submitOnce };
}
