/** What the viewer says is wrong, in our words and in the person's language. */
import type { Texts } from "@/lib/texts";

type Wrong = Texts["form"]["wrong"];

const KNOWN: readonly [RegExp, (found: RegExpMatchArray, wrong: Wrong) => string][] = [
  [/^Field is required\.$/, (_, wrong) => wrong.missing],
  [/^Value is not a number\.$/, (_, wrong) => wrong.noNumber],
  [/^Value is expected to be an integer\.$/, (_, wrong) => wrong.noInteger],
  [
    /^Value is expected to have at most (\d+) decimal digits?\.$/,
    ([, digits = ""], wrong) => wrong.digits(digits),
  ],
  [/^Field must have minimum value of (.+)\.$/, ([, least = ""], wrong) => wrong.least(least)],
  [/^Field must have maximum value of (.+)\.$/, ([, most = ""], wrong) => wrong.most(most)],
  [/^Field must have minimum length of (.+)\.$/, ([, least = ""], wrong) => wrong.shortest(least)],
  [/^Field must have maximum length of (.+)\.$/, ([, most = ""], wrong) => wrong.longest(most)],
  [/^Field must be a valid email\.$/, (_, wrong) => wrong.noEmail],
  [/^Field must be a valid  ?international phone number/, (_, wrong) => wrong.noPhone],
];

/** A message that is not known, such as one of the author's, stays as it is. */
export function said(message: string, wrong: Wrong): string {
  for (const [pattern, say] of KNOWN) {
    const found = message.match(pattern);
    if (found) return say(found, wrong);
  }
  return message;
}

interface Validator {
  validateFieldInstance: (instance: unknown, value: unknown) => string[];
}

/** The module that lets the viewer speak as we do. */
export function speaking(wrong: Wrong): Record<string, unknown> {
  const translate = (validator: Validator): object => {
    const validate = validator.validateFieldInstance.bind(validator);
    validator.validateFieldInstance = (instance, value) =>
      validate(instance, value).map((message) => said(message, wrong));
    return {};
  };
  translate.$inject = ["validator"];
  return { __init__: ["stepwellMessages"], stepwellMessages: ["factory", translate] };
}
