/** German. */
import type { FirstTexts } from ".";
import { notifications } from "./de/notifications";
import { panel } from "./de/panel";
import { search } from "./de/search";
import { ways } from "./de/ways";

const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;

export const de: FirstTexts = {
  app: "Stepwell",
  skip: "Zum Inhalt",
  loading: "Wird geladen …",
  retry: "Noch einmal versuchen",
  cancel: "Abbrechen",
  close: "Schließen",
  save: "Speichern",
  done: "Erledigt",
  unreachable: "Der Server ist nicht erreichbar. Nichts ging verloren; versuchen Sie es gleich noch einmal.",
  doneBefore:
    "Was Sie zuvor gesendet haben, ist geschehen, nur die Antwort ging verloren. Sehen Sie nach, bevor Sie den Rest senden.",
  failed: "Auf dem Server ging etwas schief. Nichts wurde geändert; sein Protokoll sagt, was.",
  lost: "Das lässt sich gerade nicht zeigen, vielleicht weil die Verbindung abriss. Versuchen Sie es noch einmal.",
  notFound: "Diese Seite gibt es nicht.",
  goHome: "Zur Startseite",
  closeMessage: "Meldung schließen",
  notifications,

  login: {
    title: "Anmelden",
    lead: "Geschäftsprozesse, in denen Menschen und Software einander abwechseln.",
    name: "Anmeldename",
    password: "Passwort",
    show: "Zeigen, was ich tippe",
    submit: "Anmelden",
    wrong: "Erwartet werden ein Anmeldename und sein Passwort, aber sie passen nicht zueinander.",
    nameMissing: "Erwartet wird Ihr Anmeldename, aber das Feld ist leer.",
    passwordMissing: "Erwartet wird Ihr Passwort, aber das Feld ist leer.",
    ended: "Ihre Sitzung ist zu Ende. Melden Sie sich wieder an, und es geht dort weiter, wo Sie waren.",
    demo: "Das ist die Vorführung. Seien Sie eine dieser Personen; alle haben das Passwort, das dort im Terminal steht, wo sie gestartet wurde.",
  },

  shell: {
    navigation: "Hauptnavigation",
    openNavigation: "Navigation zeigen",
    home: "Start",
    sections: "Bereiche",
    tasks: "Aufgaben",
    run: "Prozess starten",
    person: (name) => `${name}: Einstellungen und Abmelden`,
    logOut: "Abmelden",
    dark: "Dunkel",
    light: "Hell",
    system: "Wie das System",
    appearance: "Darstellung",
    opensSteps: "Schritte öffnen sich von selbst",
    zone: (zone) => `Zeiten gelten für ${zone}`,
    docs: "Die REST-API",
    showPanel: "Leiste offen lassen",
    hidePanel: "Leiste schließen",
    live: "Live",
    connecting: "Wird verbunden …",
    offline: "Offline",
    offlineLong:
      "Keine Verbindung zum Server. Was Sie sehen, kann veraltet sein; die Verbindung kommt von selbst zurück.",
  },

  inbox: {
    title: "Prozessaufgaben",
    counted: (count) => (count === "1" ? "1 Aufgabe braucht Sie" : `${count} Aufgaben brauchen Sie`),
    countedOverdue: (count) =>
      count === "1"
        ? "1 Aufgabe braucht Sie und ist überfällig"
        : `${count} Aufgaben brauchen Sie, mindestens eine ist überfällig`,
    search: "Aufgaben suchen",
    clear: "Suche leeren",
    future: "Künftige Aufgaben zeigen",
    empty: "Nichts zu tun.",
    emptyHint:
      "Ein Schritt erscheint hier, sobald ein Prozess Sie braucht. Mit „Prozess starten“ beginnen Sie selbst einen.",
    nothingFound: "Keine Aufgabe enthält diese Wörter.",
    groups: {
      overdue: "Überfällig",
      today: "Heute",
      tomorrow: "Morgen",
      none: "Ohne Fälligkeit",
      future: "Beginnt später",
    },
    late: (minutes) =>
      minutes < 60
        ? `${minutes} Min. zu spät`
        : minutes < 2_880
          ? `${Math.floor(minutes / 60)} Std. zu spät`
          : `${Math.floor(minutes / 1_440)} Tage zu spät`,
    due: (when) => `Fällig: ${when}`,
    starts: (when) => `Beginnt: ${when}`,
    ofRole: (role) => `Für alle in ${role}`,
    missing: { result: "Ergebnis fehlt", page: "Seite fehlt" },
    actions: (title) => `Aktionen: ${title}`,
    open: "Öffnen",
    claim: "Mir zuweisen",
    release: "An die Rolle zurückgeben",
    later: "Später erledigen",
    reassign: "Jemand anderem zuweisen",
    claimed: (title) => `„${title}“ gehört jetzt Ihnen.`,
    released: (title) => `„${title}“ ist wieder bei der Rolle.`,
    more: "Weitere werden geladen …",
  },

  kinds: {
    question: "Frage",
    activityStep: "Aktivität",
    approval: "Genehmigung",
    recordPage: "Datensatz",
    autoPage: "Seite",
    page: "Seite",
    emailDraft: "E-Mail",
    plain: "Schritt",
  },

  step: {
    hint: "Worum es in diesem Schritt geht",
    later: "Später erledigen",
    reassign: "Weitergeben",
    assignedToMe: "Ihnen zugewiesen",
    assignedTo: (name) => `${name} zugewiesen`,
    offeredTo: (roles) => `Für ${roles}`,
    draftKept: (when) => `Entwurf um ${when} behalten`,
    others: (names) => `Auch ${names} hat das geöffnet`,
    gone: "Dieser Schritt ist nicht mehr offen",
    goneHint: "Jemand hat ihn erledigt, oder der Prozess braucht ihn nicht mehr.",
    answerMissing: "Erwartet wird eine Antwort, aber keine ist gewählt.",
    chooseOne: "Wählen Sie eine",
    chooseSeveral: "Wählen Sie eine oder mehrere",
    nothingToFill: "Es gibt nichts auszufüllen. Drücken Sie den Knopf, wenn es erledigt ist.",
    open: (count) => `${many(count, "Bedingung ist", "Bedingungen sind")} noch offen:`,
    savedOpen: (count) =>
      `Gespeichert. ${count === 1 ? "Eine Bedingung ist" : `${count} Bedingungen sind`} noch offen.`,
    completed: (title) => `„${title}“ ist erledigt.`,
    resultMissing: (title) =>
      `„${title}“ ist festgehalten. Der Schritt bleibt bei Ihnen, bis auch seine Aktivität ein Ergebnis hat.`,
    ended: (title) => `„${title}“ ist erledigt, und der Prozess ist zu Ende.`,
    goesOn: (title) => `„${title}“ ist erledigt; der Prozess läuft im Hintergrund weiter.`,
    next: "Weiter",
    back: "Zurück",
    partOf: (part, parts) => `Teil ${part} von ${parts}`,
    elsewhere: {
      done: (name) => `${name} hat diesen Schritt erledigt`,
      cancelled: (name) => `${name} hat diesen Schritt abgebrochen`,
      taken: (name) => `${name} hat diesen Schritt übernommen`,
      over: () => "Dieser Schritt ist für Sie nicht mehr offen",
      system: "Der Prozess",
      somebody: "Jemand",
      lead: "Sie können ihn nicht mehr speichern. Das hatten Sie ausgefüllt:",
      nothing: "Sie hatten noch nichts ausgefüllt.",
      copy: "Meine Eingaben kopieren",
      copied: "Kopiert",
      byHand:
        "Der Browser lässt diese Seite nicht kopieren. Ihre Eingaben sind markiert: Kopieren Sie sie mit Strg+C oder ⌘C.",
      discard: "Meine Eingaben verwerfen",
    },
  },

  reassign: {
    title: "Jemand anderem zuweisen",
    to: "Wer soll es erledigen",
    search: "Personen und Rollen suchen",
    people: "Personen",
    roles: "Rollen",
    comment: "Kommentar",
    commentHint: "Wer es bekommt, kann ihn im Verlauf lesen.",
    submit: "Zuweisen",
    missing: "Erwartet wird eine Person oder Rolle, aber keine ist gewählt.",
    nobody: "Niemand gefunden",
    done: (title, to) => `„${title}“ ist jetzt bei ${to}.`,
  },

  run: {
    title: "Prozess starten",
    search: "Prozesse suchen",
    favourites: "Favoriten",
    recent: "Zuletzt gestartet",
    all: "Alle Prozesse",
    empty: "Es gibt keinen Prozess, den Sie starten dürfen.",
    nothingFound: "Kein Prozess hat diese Wörter im Namen.",
    favourite: (name) => `${name} als Favorit behalten`,
    start: "Starten",
    back: "Zurück zur Liste",
    started: (name) => `„${name}“ wurde gestartet.`,
    ran: (name) => `„${name}“ ist gelaufen und zu Ende.`,
    show: "Den Lauf zeigen",
    leftOut: (names) => `Kann hier nicht ausgefüllt werden und bleibt leer: ${names}`,
  },

  mask: {
    title: "Der Prozess arbeitet",
    lead: "Der nächste Schritt öffnet sich von selbst.",
    long: "Das dauert länger als sonst. Sie müssen nicht warten: Was für Sie kommt, erscheint unter Ihren Aufgaben.",
    leave: "Im Hintergrund weiter",
    left: (title) => `„${title}“ läuft im Hintergrund weiter.`,
  },

  home: {
    title: (name) => `Hallo, ${name}`,
    lead: "Was Sie braucht, steht unter Prozessaufgaben.",
    next: "Als Nächstes",
    nothing: "Nichts wartet auf Sie.",
    start: "Etwas beginnen",
    startHint: "Prozesse, die Sie zuletzt gestartet haben oder als Favoriten behalten.",
    all: "Alle Prozesse",
    allTasks: "Alle Aufgaben",
  },

  panel,

  buttons: {
    saveForLater: "Für später speichern",
    approve: "Genehmigen",
    reject: "Ablehnen",
    send: "Senden",
  },

  search,
  ways,
};
