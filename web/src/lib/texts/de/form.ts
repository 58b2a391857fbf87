/** Seiten zum Ausfüllen, und was sagt, was sie zeichnet. */
import type { Texts } from "../index";

export const form: Texts["form"] = {
  wrong: {
    halfTime: "Erwartet werden Tag und Uhrzeit, aber eines fehlt.",
    halfClock: "Erwartet werden Stunden und Minuten, aber eines fehlt.",
    missing: "Erwartet wird ein Wert, aber es gibt keinen.",
    noNumber: (sample, typed) => `Erwartet wird eine Zahl wie ${sample}, aber da steht „${typed}“.`,
    noInteger: "Erwartet wird eine ganze Zahl, aber das ist keine.",
    digits: (digits) => `Erwartet werden höchstens ${digits} Stellen hinter dem Komma, aber es sind mehr.`,
    least: (least) => `Erwartet wird mindestens ${least}.`,
    most: (most) => `Erwartet wird höchstens ${most}.`,
    shortest: (least) => `Erwartet werden mindestens ${least} Zeichen, aber es sind weniger.`,
    longest: (most) => `Erwartet werden höchstens ${most} Zeichen, aber es sind mehr.`,
    taken: "Erwartet wird ein Wert, den kein anderer Eintrag hat.",
    noEmail: "Erwartet wird eine E-Mail-Adresse wie ann@example.org.",
    noPhone: "Erwartet wird eine Telefonnummer mit Land wie +49 30 000000.",
  },
  search: "Suchen …",
  nothing: "Nichts gefunden",
  more: (count) => `Die ersten ${count}. Tippen findet weitere.`,
  viewer: {
    select: "Auswählen",
    skip: "Zur Suche springen",
    removeTag: "Entfernen",
    allChosen: "Alle sind gewählt",
    more: "Mehr",
    less: "Weniger",
    month: "Monat",
    year: "Jahr",
    date: (format) => format.replaceAll("d", "T").replaceAll("m", "M").replaceAll("y", "J"),
  },
  remove: (name) => `${name} entfernen`,
};
