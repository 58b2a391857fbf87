import {
  type ReactElement,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import type { FillingRef, Values } from "@/components/form/filling";
import type { Component } from "@/components/form/schema";
import { beginAt } from "@/lib/focus";
import { useTexts } from "@/lib/texts";
import { chosenIn, keyNumber, turned } from "./answers";
import styles from "./Step.module.css";

interface Given {
  field: Component;
  values: Values;
  onChange: (values: Values) => void;
  /** Whether it has the focus as soon as it is there. */
  beginsHere?: boolean;
  ref: FillingRef;
}

/** One answer or several: number keys choose, Enter saves. */
export function Question({ field, values, onChange, beginsHere = true, ref }: Given): ReactElement {
  const { step } = useTexts();
  const key = field.key ?? "answer";
  const answers = field.values ?? [];
  const isMultiple = field.type === "checklist";
  const [chosen, setChosen] = useState(() => chosenIn(values[key] ?? field["defaultValue"]));
  const [wrong, setWrong] = useState("");
  const wrongId = useId();
  const place = useRef<HTMLFieldSetElement>(null);
  const valuesOf = (codes: readonly string[]): Values => ({ [key]: isMultiple ? codes : (codes[0] ?? null) });

  const choose = (code: string): void => {
    const next = turned(chosen, code, isMultiple);
    setChosen(next);
    setWrong("");
    onChange(valuesOf(next));
  };
  useNumberKeys(place, (number) => {
    const answer = answers[number - 1];
    if (!answer) return;
    choose(answer.value);
    place.current?.querySelectorAll("input")[number - 1]?.focus();
  });
  const told = useRef({ onChange, values: valuesOf(chosen), beginsHere });
  useEffect(() => {
    if (told.current.beginsHere) focusChosen(place.current);
    told.current.onChange(told.current.values);
  }, []);

  const complain = (message: string): null => {
    setWrong(message);
    place.current?.scrollIntoView({ block: "nearest" });
    focusChosen(place.current);
    return null;
  };
  useImperativeHandle(ref, () => ({
    values: () => valuesOf(chosen),
    collect: () => {
      const isMissing = field.validate?.required === true && chosen.length === 0;
      return isMissing ? complain(step.answerMissing) : valuesOf(chosen);
    },
    begin: () => focusChosen(place.current),
    mark: (problems) => {
      const mine = problems.find((one) => one.field === key);
      if (mine) complain(mine.message);
      return problems.filter((one) => one.field !== key);
    },
    held: (shown) => ({ ...shown, ...valuesOf(chosenIn(shown[key] ?? field["defaultValue"])) }),
    take: (shown) => setChosen(chosenIn(shown[key] ?? field["defaultValue"])),
  }));

  return (
    <fieldset ref={place} className={styles["answers"]} aria-describedby={wrong ? wrongId : undefined}>
      <legend>{isMultiple ? step.chooseSeveral : step.chooseOne}</legend>
      {answers.map((answer, index) => (
        <label key={answer.value} className={styles["answer"]}>
          <input
            type={isMultiple ? "checkbox" : "radio"}
            name={key}
            checked={chosen.includes(answer.value)}
            onChange={() => choose(answer.value)}
          />
          <span>{answer.label}</span>
          {index < 9 && <kbd aria-hidden="true">{index + 1}</kbd>}
        </label>
      ))}
      {wrong && (
        <p id={wrongId} role="alert" className={styles["wrong"]}>
          {wrong}
        </p>
      )}
    </fieldset>
  );
}

function focusChosen(place: HTMLFieldSetElement | null): void {
  beginAt(place?.querySelector<HTMLElement>("input:checked") ?? place?.querySelector<HTMLElement>("input"));
}

/** Number keys, wherever one is on the page, but not while one types somewhere. */
function useNumberKeys(place: RefObject<HTMLElement | null>, press: (number: number) => void): void {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const number = keyNumber(event);
      if (number === null || place.current?.closest("[hidden]") || document.querySelector("[aria-modal]"))
        return;
      latest.current(number);
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [place]);
}
