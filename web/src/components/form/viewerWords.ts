/** What the viewer writes by itself, in the person's language: it knows English only, and asks nobody. */
import flatpickr from "flatpickr";
import { options, type VNode } from "preact";
import type { Texts } from "@/lib/texts";
import { said } from "./messages";

type Words = Texts["form"];
type Props = Record<string, unknown>;
type Say = (english: string, words: Words) => string;

/** By the class of the element: the property with the words, and what they are in ours. */
const OWN: Record<string, readonly [prop: string, say: Say]> = {
  "fjs-select-placeholder": ["children", (_, { viewer }) => viewer.select],
  "fjs-input": ["placeholder", placeholder],
  "fjs-taglist-input": ["placeholder", placeholder],
  "fjs-taglist-skip-link": ["children", (_, { viewer }) => viewer.skip],
  "fjs-taglist-tag-remove": ["title", (_, { viewer }) => viewer.removeTag],
  "fjs-dropdownlist-empty": [
    "children",
    (english, words) => (english === "All values selected" ? words.viewer.allChosen : words.nothing),
  ],
  "fjs-number-arrow-up": ["aria-label", (_, { viewer }) => viewer.more],
  "fjs-number-arrow-down": ["aria-label", (_, { viewer }) => viewer.less],
};

function placeholder(english: string, { search, viewer }: Words): string {
  if (english === "Search") return search;
  return /^[dmy\W]+$/.test(english) ? viewer.date(english) : english;
}

/** Whatever is drawn from now on is in these words. */
export function speak(words: Words, language: string): void {
  flatpickr.localize(calendarIn(language, words));
  if (now === null) hear();
  now = words;
}

let now: Words | null = null;

function hear(): void {
  const before = options.vnode;
  options.vnode = (drawn) => {
    if (now && typeof drawn.type === "string") translate(drawn.props as Props, now);
    before?.(drawn);
  };
}

/** Put our words into the properties of an element that is about to be drawn. */
export function translate(props: Props, words: Words): void {
  const classes = props["class"];
  if (typeof classes !== "string" || !classes.startsWith("fjs-")) return;
  for (const name of classes.split(" ")) {
    const [prop, say] = OWN[name] ?? [];
    const english = prop && props[prop];
    if (prop && say && typeof english === "string") props[prop] = say(english, words);
  }
  if (classes === "fjs-form-field-error") errorsOf(props).forEach((one) => sayError(one, words));
}

/** The list in which the viewer shows what is wrong; its own messages that no rule of ours has seen are said here. */
function errorsOf(props: Props): Props[] {
  const list = (props["children"] as VNode<Props> | undefined)?.props["children"];
  return Array.isArray(list) ? (list as VNode<Props>[]).map((one) => one.props) : [];
}

function sayError(props: Props, { wrong }: Words): void {
  if (typeof props["children"] === "string") props["children"] = said(props["children"], wrong);
}

const SUNDAY = new Date(2023, 0, 1);

/** Days and months as the browser knows them in this language. */
export function calendarIn(language: string, { viewer }: Words): flatpickr.CustomLocale {
  const named = (asked: Intl.DateTimeFormatOptions, dates: readonly Date[]): string[] =>
    dates.map((date) => date.toLocaleDateString(language, asked));
  const days = Array.from({ length: 7 }, (_, day) => new Date(2023, 0, SUNDAY.getDate() + day));
  const months = Array.from({ length: 12 }, (_, month) => new Date(2023, month, 1));
  return {
    weekdays: {
      shorthand: named({ weekday: "short" }, days),
      longhand: named({ weekday: "long" }, days),
    },
    months: { shorthand: named({ month: "short" }, months), longhand: named({ month: "long" }, months) },
    firstDayOfWeek: firstDayIn(language),
    monthAriaLabel: viewer.month,
    yearAriaLabel: viewer.year,
  } as flatpickr.CustomLocale;
}

/** 0 is Sunday; Monday where a browser does not know. */
function firstDayIn(language: string): number {
  const locale = new Intl.Locale(language) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return (locale.getWeekInfo?.().firstDay ?? 1) % 7;
}
