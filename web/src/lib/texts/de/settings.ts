/** German. */
import type { Texts } from "..";
import { ways } from "./ways";

export const settings: Texts["settings"] = {
  title: ways.settings,
  lead: "Was Sie hier einstellen, gilt nur für Sie, und sofort.",
  saved: "Gespeichert.",
  region: "Sprache und Zeit",
  language: "Sprache",
  languageHint:
    "Texte, Zahlen und Daten. Was in Prozessen und Datensätzen steht, bleibt in der Sprache seiner Autoren.",
  inEnglish: (language) => `${language} (Texte auf Englisch)`,
  zone: "Zeitzone",
  zoneHint: "Alle Zeiten werden in dieser Zone gezeigt und verstanden.",
  zoneNothing: "Keine Zeitzone heißt so.",
  steps: "Schritte und Nachrichten",
  opensSteps: "Schritte öffnen sich von selbst",
  opensStepsHint: "Was ein Prozess Sie persönlich fragt, öffnet sich auf Ihrem Bildschirm, sobald es da ist.",
  popUps: "Einblendungen",
  popUpsHint: "Was kommt, wird kurz eingeblendet, auch wenn Sie gerade etwas anderes ansehen.",
  allow: "In diesem Browser erlauben",
  allowed: "Dieser Browser darf sie zeigen.",
  blocked:
    "Dieser Browser verhindert sie. Erlauben Sie Benachrichtigungen dieser Seite in seinen Einstellungen.",
  unsupported: "Dieser Browser hat keine Einblendungen.",
  digest: "Überblick per E-Mail",
  digestChoices: { none: "Nie", daily: "Täglich", weekly: "Wöchentlich" },
  digestNever: "Eine E-Mail kann zusammenfassen, was für Sie überfällig, fällig und offen ist.",
  digestWhen: {
    daily: (to) =>
      `Was für Sie offen ist, kommt jeden Morgen um 07:00 Uhr in Ihrer Zeitzone an ${to}. Ist nichts offen, kommt keine E-Mail.`,
    weekly: (to) =>
      `Was für Sie offen ist, kommt montags um 07:00 Uhr in Ihrer Zeitzone an ${to}. Ist nichts offen, kommt keine E-Mail.`,
  },
  digestImpossible:
    "Diese Installation verschickt keine E-Mails. Wer sie betreibt, kann einen Mailserver einrichten.",
  digestNoAddress:
    "Hier ist keine E-Mail-Adresse von Ihnen bekannt. Wer Personen verwaltet, kann sie eintragen.",
  appearance: "Darstellung",
  appearanceHint: "Gilt in diesem Browser.",
  password: "Passwort",
  passwordHint: "Danach sind Sie überall abgemeldet, nur hier nicht.",
  passwordOld: "Bisheriges Passwort",
  passwordNew: "Neues Passwort",
  passwordAgain: "Neues Passwort, noch einmal",
  passwordChange: "Passwort ändern",
  passwordChanged: "Ihr Passwort ist jetzt ein anderes.",
  passwordMissing: "Erwartet wird ein Passwort, aber das Feld ist leer.",
  passwordDiffers: "Erwartet wird noch einmal das neue Passwort, aber das ist ein anderes.",
  sessions: "Wo Sie angemeldet sind",
  sessionHere: "Dieser Browser",
  sessionSeen: (when) => `Zuletzt ${when}`,
  sessionEnd: "Dort abmelden",
  sessionEnded: "Dort abgemeldet.",
};

export const tokens: Texts["tokens"] = {
  title: "API-Schlüssel",
  lead: "Mit einem Schlüssel arbeitet ein Programm von Ihnen als Sie. Geben Sie ihm nicht mehr, als es braucht.",
  none: "Es gibt keinen API-Schlüssel.",
  add: "Neuer API-Schlüssel",
  name: "Wofür er ist",
  namePlaceholder: "Monatsbericht",
  nameMissing: "Erwartet wird, wofür er ist, aber der Name fehlt.",
  scope: "Was er darf",
  scopes: {
    read: "Lesen",
    act: "Handeln",
    all: "Alles",
  },
  scopeHints: {
    read: "Sieht, was Sie sehen, ändert nichts.",
    act: "Startet auch Prozesse und bearbeitet Schritte, wie alle Beteiligten.",
    all: "Alles, was Sie dürfen, nur keine weiteren Schlüssel machen.",
  },
  expiry: "Gilt",
  days: (count) => `${count} Tage`,
  forever: "Bis er widerrufen wird",
  create: "Schlüssel anlegen",
  shownOnce: "Kopieren Sie den Schlüssel jetzt. Er wird nur dieses eine Mal gezeigt.",
  secret: "API-Schlüssel",
  copy: "Kopieren",
  copied: "Kopiert",
  done: "Ich habe ihn kopiert",
  expires: (when) => `gilt bis ${when}`,
  expired: "abgelaufen",
  unlimited: "gilt bis zum Widerruf",
  seen: (when) => `zuletzt benutzt ${when}`,
  unseen: "nie benutzt",
  revoke: "Widerrufen",
  revokeTitle: (name) => `„${name}“ widerrufen?`,
  revokeLead:
    "Programme, die ihn benutzen, werden von da an abgewiesen. Das lässt sich nicht rückgängig machen.",
  revoked: (name) => `„${name}“ ist jetzt wertlos.`,
};
