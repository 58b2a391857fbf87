import { InputBase } from "@mantine/core";
import { type KeyboardEvent, type ReactElement, useState } from "react";
import { numberFrom, numberInput, type Unread } from "@/lib/numbers";
import { useLocale } from "@/lib/texts";
import type { Place } from "./bridge";
import { stepped, written } from "./amounts";
import styles from "./NumberField.module.css";

/** A number as the person writes numbers; what can not be read as one without guessing stays as it was typed, and is wrong. */
export function NumberField({ place }: { place: Place }): ReactElement {
  const { field, domId, value, isLocked, isWrong, prefix, suffix } = place;
  const locale = useLocale();
  const [typed, setTyped] = useState<string | null>(null);
  const change = (text: string): void => {
    const found = numberFrom(text, locale);
    setTyped(text);
    const unread: Unread = { typed: text };
    place.onChange(found === undefined ? unread : written(found, field));
  };
  const step = (event: KeyboardEvent): void => {
    if ((event.key !== "ArrowUp" && event.key !== "ArrowDown") || isLocked) return;
    event.preventDefault();
    setTyped(null);
    place.onChange(written(stepped(value, field, event.key === "ArrowUp" ? 1 : -1), field));
  };
  return (
    <InputBase
      id={domId}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? numberInput(value, locale)}
      readOnly={isLocked}
      className={isLocked ? "sw-locked" : ""}
      error={isWrong}
      aria-describedby={`${domId}-error-message`}
      {...(prefix && {
        leftSection: <span className={styles["adorner"]}>{prefix}</span>,
        leftSectionWidth: widthOf(prefix),
      })}
      {...(suffix && {
        rightSection: <span className={styles["adorner"]}>{suffix}</span>,
        rightSectionWidth: widthOf(suffix),
      })}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={step}
      onBlur={() => {
        setTyped(null);
        place.onLeave();
      }}
    />
  );
}

const widthOf = (text: string): string => `calc(${text.length}ch + 20px)`;
