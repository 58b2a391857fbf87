/** German. */
import type { Texts } from "..";

export const tour: Texts["tour"] = {
  title: "Rundgang",
  again: "Rundgang zeigen",
  welcome: "Willkommen bei Stepwell",
  lead: "Einen Prozess starten, eine Frage beantworten, einen Schritt verschieben: ein Rundgang von zwei Minuten, am echten Programm.",
  begin: "Beginnen",
  skip: "Rundgang überspringen",
  end: "Rundgang beenden",
  goThere: "Hingehen",
  progress: (at, of) => `${at} von ${of}`,
  goals: {
    started: "Einen Prozess starten",
    answered: "Eine Frage beantworten",
    postponed: "Einen Schritt verschieben",
  },
  stages: {
    run: "Drücken Sie „Prozess starten“: Dort steht, was Sie starten dürfen.",
    choose: "Wählen Sie „Welcome a new customer“. Das geht auch mit Pfeiltasten und Enter.",
    begin: "Drücken Sie „Starten“. Der erste Schritt öffnet sich von selbst.",
    other:
      "Das ist ein anderer Prozess. Mit „Zurück zur Liste“ und „Welcome a new customer“ geht der Rundgang weiter; Sie können aber auch diesen starten.",
    fill: "Füllen Sie aus, was einen Stern hat, und drücken Sie den gefüllten Knopf. Der nächste Schritt für Sie öffnet sich von selbst.",
    question:
      "Wählen Sie eine Antwort: mit einem Klick oder ihrer Zifferntaste. „Speichern“ oder Enter sendet sie.",
    open: "Ihre Schritte warten hier in der Leiste. Öffnen Sie einen.",
    later: "Jetzt keine Zeit? Drücken Sie „Später erledigen“.",
    reschedule: "Sagen Sie, wann er wiederkommen soll, und drücken Sie „Verschieben“.",
    end: "Das ist alles. Der Schritt kommt zu seinem Beginn wieder; „Künftige Aufgaben zeigen“ zeigt ihn vorher. Was sonst zu Ihnen kommt, steht in der Leiste.",
  },
  finish: "Fertig",
};
