import type { Texts } from "..";

export const beside: Texts["beside"] = {
  title: "Kommentare und Dateien",
  comments: "Kommentare",
  write: "Kommentar schreiben",
  send: "Kommentieren",
  noComments: "Noch hat niemand etwas geschrieben.",
  empty: "Erwartet wird ein Kommentar, aber das Feld ist leer.",
  more: "Mehr zeigen",
  files: "Dateien",
  add: "Dateien hinzufügen",
  drop: "Dateien hier ablegen oder auswählen.",
  dropNow: "Loslassen, um sie hinzuzufügen.",
  noFiles: "Noch gibt es keine Dateien.",
  adding: (name) => `${name} wird hinzugefügt …`,
  failed: (name, why) => `${name}: ${why}`,
  download: (name) => `${name} herunterladen`,
  remove: (name) => `${name} löschen`,
  removeTitle: "Diese Datei löschen?",
  removeLead: (name) => `„${name}“ ist dann für alle weg. Das lässt sich nicht rückgängig machen.`,
  removeSubmit: "Löschen",
  inField: "In einem Feld",
};
