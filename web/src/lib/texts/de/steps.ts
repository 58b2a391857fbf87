import type { Texts } from "..";

export const fields: Texts["fields"] = {
  subject: "Betreff",
  start: "Beginn",
  due: "Fällig",
  owner: "Zuständig",
  ownerRole: "Rolle",
  remindAt: "Erinnerung",
  showInCalendar: "Im Kalender zeigen",
  result: "Ergebnis",
  resultDetails: "Einzelheiten des Ergebnisses",
  details: "Einzelheiten des Ergebnisses",
  activity: "Aktivität",
  comment: "Kommentar",
  from: "Von",
  to: "An",
  cc: "Kopie",
  bcc: "Blindkopie",
  text: "Text",
  attachments: "Anhänge",
};

export const stepMore: Texts["stepMore"] = {
  approvers: "Genehmigende",
  approved: "hat genehmigt",
  rejected: "hat abgelehnt",
  undecided: "hat noch nicht entschieden",
  withdrawn: "wird nicht mehr gefragt",
  you: "Sie",
  keptHere: "In diesem Browser aufbewahrt, bis der Server erreichbar ist",
  files: {
    add: "Datei hinzufügen",
    replace: "Andere Datei wählen",
    remove: (name) => `${name} entfernen`,
    none: "Noch keine Datei",
    underWay: "Eine Datei wird hinzugefügt. Danach kann der Schritt gesendet werden.",
    gone: "Eine Datei, die es nicht mehr gibt",
  },
  createNew: (name) => (name ? `Neu: „${name}“` : "Neu …"),
  createTitle: (type) => `Neu: ${type}`,
  createLead: "Was Sie auf der Seite ausgefüllt haben, bleibt, wie es ist.",
  create: "Hinzufügen",
};
