/** A day or a time of which a part is missing: the browser gives no value for it, as if it were empty, which it is not. */

const DATES = "input[type=date], input[type=datetime-local], input[type=time]";

/** Whether there is one in this form; each says so then, and the first has the focus. */
export function refusesHalf(form: HTMLFormElement | null): boolean {
  const half = [...(form?.querySelectorAll<HTMLInputElement>(DATES) ?? [])].filter(
    (one) => one.validity.badInput,
  );
  for (const one of half) one.checkValidity(); // its field hears that it is invalid
  half[0]?.focus();
  return half.length > 0;
}
