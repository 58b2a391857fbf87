import { TextInput, type TextInputProps } from "@mantine/core";
import { type ReactElement, type SyntheticEvent, useState } from "react";
import { useTexts } from "@/lib/texts";

/** Where one leaves for anything else, the form says it when it is sent: what is being pressed must not move away. */
const isField = (to: EventTarget | null): boolean =>
  to instanceof HTMLElement && to.matches("input, textarea, select");

interface Given extends Omit<
  TextInputProps,
  "type" | "value" | "onChange" | "onBlur" | "onKeyUp" | "onInvalid"
> {
  type: "date" | "datetime-local" | "time";
  /** As inputs of this type write it. */
  value: string;
  onChange: (text: string) => void;
}

/** A day, a time, or both. While a part of it is missing, what it was before stays, and the form is not sent. */
export function DateInput({ type, value, onChange, error, ...look }: Given): ReactElement {
  const { half: words } = useTexts().record;
  const [typed, setTyped] = useState<string | null>(null);
  /** What is half replaced: another value that comes meanwhile takes the place of what was typed. */
  const [half, setHalf] = useState<{ over: string; isSaid: boolean } | null>(null);
  const isHalf = half?.over === value;
  const whole = half ? value : (typed ?? value);
  const shown = isHalf ? "" : whole;

  const read = ({ currentTarget: input }: SyntheticEvent<HTMLInputElement>): void => {
    if (input.validity.badInput) {
      setHalf({ over: value, isSaid: isHalf && half.isSaid });
      return;
    }
    setHalf(null);
    setTyped(input.value);
    if (input.value !== shown || (input.value === "" && value !== "")) onChange(input.value);
  };
  const sayHalf = ({ currentTarget: input }: SyntheticEvent<HTMLInputElement>): void => {
    if (input.validity.badInput) setHalf({ over: value, isSaid: true });
  };
  return (
    <TextInput
      {...look}
      type={type}
      value={shown}
      error={isHalf && half.isSaid ? words[type] : error}
      onChange={read}
      onKeyUp={read} // the last part that is taken out changes no value, so that nothing else tells of it
      onInvalid={sayHalf}
      onBlur={(event) => {
        read(event);
        setTyped(null);
        if (!event.currentTarget.form || isField(event.relatedTarget)) sayHalf(event);
      }}
    />
  );
}
