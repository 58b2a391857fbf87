/** What the viewer says is wrong, in our words and in the person's language. */
import type { Problem } from "@/lib/api";
import { isUnread, numberSample } from "@/lib/numbers";
import type { Texts } from "@/lib/texts";
import type { Component } from "./schema";

type Wrong = Texts["form"]["wrong"];

const KNOWN: readonly [RegExp, (found: RegExpMatchArray, wrong: Wrong) => string][] = [
  [/^Field is required\.$/, (_, wrong) => wrong.missing],
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

/** What the server says is wrong with a field of the page, likewise; its own sentence where we have none for the rule. */
export function worded({ rule, message }: Problem, field: Component | undefined, wrong: Wrong): string {
  const rules: Record<string, unknown> = { ...field?.validate, decimalDigits: field?.["decimalDigits"] };
  const [say, limit] = LIMITS[rule] ?? [];
  if (say && limit) {
    const bound = rules[limit];
    return typeof bound === "number" ? wrong[say](String(bound)) : message;
  }
  const known = PLAIN[rule];
  return known ? wrong[known] : message;
}

const PLAIN: Partial<Record<string, "missing" | "noEmail" | "noPhone">> = {
  "value.required": "missing",
  "value.email": "noEmail",
  "value.phone": "noPhone",
};
const LIMITS: Partial<
  Record<
    string,
    [
      "least" | "most" | "shortest" | "longest" | "digits",
      "min" | "max" | "minLength" | "maxLength" | "decimalDigits",
    ]
  >
> = {
  "value.too-small": ["least", "min"],
  "value.too-large": ["most", "max"],
  "value.too-short": ["shortest", "minLength"],
  "value.too-long": ["longest", "maxLength"],
  "value.digits": ["digits", "decimalDigits"],
};

interface Validator {
  validateFieldInstance: (instance: unknown, value: unknown) => string[];
}

/** The module that lets the viewer speak as we do. */
export function speaking(wrong: Wrong, locale: string): Record<string, unknown> {
  const translate = (validator: Validator): object => {
    const validate = validator.validateFieldInstance.bind(validator);
    validator.validateFieldInstance = (instance, value) =>
      isUnread(value)
        ? [wrong.noNumber(numberSample(locale, 2), value.typed)]
        : validate(instance, value).map((message) => said(message, wrong));
    return {};
  };
  translate.$inject = ["validator"];
  return { __init__: ["stepwellMessages"], stepwellMessages: ["factory", translate] };
}
