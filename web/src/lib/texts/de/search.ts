import type { Texts } from "../index";

export const search: Texts["search"] = {
  title: "Überall suchen",
  placeholder: "Datensätze, Schritte, Prozesse suchen",
  keys: "Strg K",
  hint: "Mindestens zwei Zeichen. Pfeiltasten wählen, Enter öffnet.",
  steps: "Schritte für Sie",
  processes: "Prozesse zum Starten",
  found: (count) => `${count} gefunden`,
  nothing: (text) => `Nirgends steht „${text}“.`,
  nothingHint: "Versuchen Sie weniger oder andere Wörter. Was Sie nicht sehen dürfen, wird nicht gefunden.",
  notAll: "Es gibt so viel, dass nur das Neueste durchsucht wurde.",
  notRunnable: "Dieser Prozess kann nicht mehr gestartet werden.",
};
