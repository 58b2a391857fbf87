import type { Texts } from "../index";

export const diagram: Texts["diagram"] = {
  label: (name) => `Diagramm von ${name}`,
  keys: "Pfeiltasten bewegen es, Plus und Minus ändern die Größe, 0 zeigt es ganz",
  closer: "Größer",
  further: "Kleiner",
  fit: "Ganz zeigen",
  undrawn: "Diese Datei lässt sich nicht zeichnen.",
  legend: "Was die Zeichen bedeuten",
  asList: "Als Liste zeigen",
  marks: {
    done: "erledigt",
    waiting: "wartet hier",
    stuck: "steckt hier fest",
    ended: "von außen beendet",
    wrong: "muss berichtigt werden",
    warned: "einen Blick wert",
  },
  types: {
    start: "Start",
    end: "Ende",
    event: "Ereignis",
    gateway: "Entscheidung",
    person: "Schritt für eine Person",
    call: "anderer Prozess",
    inner: "Teil des Prozesses",
    machine: "automatischer Schritt",
  },
};
