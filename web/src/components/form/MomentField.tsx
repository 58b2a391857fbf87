import { InputBase } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { toInput } from "@/lib/time/zones";
import type { Place } from "./bridge";
import { shownOf, valueOf } from "./moments";

const MINUTE = 60; // seconds

/** A time, or a day with its time, to the minute. What nobody changes stays as it is, seconds too. */
export function MomentField({ place }: { place: Place }): ReactElement {
  const { field, domId, value, isLocked, isWrong } = place;
  const { time_zone: zone } = useMe();
  const { wrong } = useTexts().form;
  const [now] = useState(() => new Date());
  const [first] = useState(value);
  const [typed, setTyped] = useState<string | null>(null);
  const [isHalf, setIsHalf] = useState(false);
  const isTime = field["subtype"] === "time";
  const isLater = field["disallowPassedDates"] === true && !isTime;
  const begun = shownOf(first, field, zone, now);
  const change = (text: string): void => {
    setTyped(text);
    setIsHalf(false);
    place.onChange(text !== "" && text === begun ? first : valueOf(text, field, zone, now));
  };
  return (
    <InputBase
      id={domId}
      type={isTime ? "time" : "datetime-local"}
      step={Number(field["timeInterval"] ?? 1) * MINUTE}
      min={isLater ? `${toInput(now, zone).slice(0, 10)}T00:00` : undefined}
      maw={isTime ? 160 : 260}
      value={typed ?? shownOf(value, field, zone, now)}
      readOnly={isLocked}
      className={isLocked ? "sw-locked" : ""}
      error={isHalf ? (isTime ? wrong.halfClock : wrong.halfTime) : isWrong}
      aria-describedby={`${domId}-error-message`}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={(event) => {
        setTyped(null);
        setIsHalf(event.currentTarget.validity.badInput);
      }}
    />
  );
}
