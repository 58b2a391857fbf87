/** English: what is needed at once; what only some pages need is in `en/areas.ts`. A text with values in it is a function. */
import { notifications } from "./en/notifications";

import { panel } from "./en/panel";
import { search } from "./en/search";
import { ways } from "./en/ways";

const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;

export const en = {
  app: "Stepwell",
  skip: "Go to the content",
  loading: "Loading …",
  retry: "Try again",
  cancel: "Cancel",
  close: "Close",
  save: "Save",
  done: "Done",
  unreachable: "The server can not be reached. Nothing was lost; try again in a moment.",
  doneBefore:
    "What you sent before was carried out, only its answer got lost. Look at what is there before you send the rest.",
  failed: "Something went wrong on the server. Nothing was changed; its log says what.",
  lost: "This can not be shown right now, perhaps because the connection broke. Try again.",
  notFound: "There is no such page.",
  goHome: "Go to the start page",
  closeMessage: "Close this message",
  notifications,

  login: {
    title: "Log in",
    lead: "Business processes in which people and software take turns.",
    name: "Login name",
    password: "Password",
    show: "Show what you type",
    submit: "Log in",
    wrong: "Expected a login name and its password, but they do not fit each other.",
    nameMissing: "Expected your login name, but it is empty.",
    passwordMissing: "Expected your password, but it is empty.",
    ended: "Your session has ended. Log in again to go on where you were.",
    demo: "This is the demonstration. Be one of these people; all have the password that the terminal shows where it was started.",
  },

  shell: {
    navigation: "Main navigation",
    openNavigation: "Show the navigation",
    home: "Home",
    sections: "Sections",
    tasks: "Tasks",
    run: "Run process",
    person: (name: string) => `${name}: settings and log out`,
    logOut: "Log out",
    dark: "Dark",
    light: "Light",
    system: "As the system",
    appearance: "Appearance",
    opensSteps: "Steps open by themselves",
    zone: (zone: string) => `Times are those of ${zone}`,
    docs: "The REST API",
    showPanel: "Keep the panel open",
    hidePanel: "Close the panel",
    live: "Live",
    connecting: "Connecting …",
    offline: "Offline",
    offlineLong: "No connection to the server. What you see may be out of date; it comes back by itself.",
  },

  inbox: {
    title: "Business process tasks",
    counted: (count: string) => (count === "1" ? "1 task needs attention" : `${count} tasks need attention`),
    countedOverdue: (count: string) =>
      count === "1"
        ? "1 task needs attention and is overdue"
        : `${count} tasks need attention, at least one is overdue`,
    search: "Search tasks",
    clear: "Clear the search",
    future: "Show future tasks",
    empty: "Nothing to do.",
    emptyHint: "A step appears here as soon as a process needs you. You can start one with Run process.",
    nothingFound: "No task has these words in it.",
    groups: {
      overdue: "Overdue",
      today: "Today",
      tomorrow: "Tomorrow",
      none: "Without a due time",
      future: "Starts later",
    },
    late: (minutes: number) =>
      minutes < 60
        ? `${minutes} min late`
        : minutes < 2_880
          ? `${Math.floor(minutes / 60)} h late`
          : `${Math.floor(minutes / 1_440)} days late`,
    due: (when: string) => `Due: ${when}`,
    starts: (when: string) => `Starts: ${when}`,
    ofRole: (role: string) => `For everybody in ${role}`,
    missing: { result: "Result missing", page: "Page missing" },
    actions: (title: string) => `Actions: ${title}`,
    open: "Open",
    claim: "Assign to me",
    release: "Give back to the role",
    later: "Perform later",
    reassign: "Assign to someone else",
    claimed: (title: string) => `“${title}” is yours now.`,
    released: (title: string) => `“${title}” is back with its role.`,
    more: "More are loading …",
  },

  kinds: {
    question: "Question",
    activityStep: "Activity",
    approval: "Approval",
    recordPage: "Record",
    autoPage: "Page",
    page: "Page",
    emailDraft: "E-mail",
    plain: "Step",
  },

  step: {
    hint: "What this step is about",
    later: "Perform later",
    reassign: "Reassign",
    assignedToMe: "Assigned to you",
    assignedTo: (name: string) => `Assigned to ${name}`,
    offeredTo: (roles: string) => `For ${roles}`,
    draftKept: (when: string) => `Draft kept at ${when}`,
    others: (names: string) => `${names} has this open, too`,
    gone: "This step is not open any more",
    goneHint: "Somebody has done it, or the process does not need it now.",
    answerMissing: "Expected an answer, but none is chosen.",
    chooseOne: "Choose one",
    chooseSeveral: "Choose one or more",
    nothingToFill: "There is nothing to fill in. Press the button when it is done.",
    open: (count: number) => `${many(count, "condition is", "conditions are")} still open:`,
    savedOpen: (count: number) => `Saved. ${many(count, "condition is", "conditions are")} still open.`,
    completed: (title: string) => `“${title}” is done.`,
    resultMissing: (title: string) =>
      `“${title}” is kept. It stays with you until its activity has a result, too.`,
    ended: (title: string) => `“${title}” is done, and the process has ended.`,
    goesOn: (title: string) => `“${title}” is done; the process goes on in the background.`,
    next: "Next",
    back: "Back",
    partOf: (part: number, parts: number) => `Part ${part} of ${parts}`,
    elsewhere: {
      done: (name: string) => `${name} has done this step`,
      cancelled: (name: string) => `${name} has cancelled this step`,
      taken: (name: string) => `${name} has taken this step`,
      over: () => "This step is not open for you any more",
      system: "The process",
      somebody: "Somebody",
      lead: "You can not save it any more. This is what you had filled in:",
      nothing: "You had not filled in anything.",
      copy: "Copy my input",
      copied: "Copied",
      byHand: "The browser does not let this page copy. Your input is marked: copy it with Ctrl+C or ⌘C.",
      discard: "Discard my input",
    },
  },

  reassign: {
    title: "Assign to someone else",
    to: "Who shall do it",
    search: "Search people and roles",
    people: "People",
    roles: "Roles",
    comment: "Comment",
    commentHint: "Who gets it can read it in the history.",
    submit: "Assign",
    missing: "Expected a person or a role, but none is chosen.",
    nobody: "Nobody found",
    done: (title: string, to: string) => `“${title}” is with ${to} now.`,
  },

  run: {
    title: "Run process",
    search: "Search processes",
    favourites: "Favourites",
    recent: "Started lately",
    all: "All processes",
    empty: "There is no process that you may run.",
    nothingFound: "No process has these words in its name.",
    favourite: (name: string) => `Keep ${name} as a favourite`,
    start: "Start",
    back: "Back to the list",
    started: (name: string) => `“${name}” was started.`,
    ran: (name: string) => `“${name}” has run and ended.`,
    show: "Show the run",
    leftOut: (names: string) => `Can not be filled in here and stays empty: ${names}`,
  },

  mask: {
    title: "The process is at work",
    lead: "The next step opens by itself.",
    long: "This takes longer than usual. You need not wait: what comes for you appears among your tasks.",
    leave: "Continue in the background",
    left: (title: string) => `“${title}” goes on in the background.`,
  },

  home: {
    title: (name: string) => `Hello, ${name}`,
    lead: "What needs you stands under Business process tasks.",
    next: "Next for you",
    nothing: "Nothing waits for you.",
    start: "Start something",
    startHint: "Processes that you have started lately, or keep as favourites.",
    all: "All processes",
    allTasks: "All tasks",
  },

  panel,

  buttons: { saveForLater: "Save for later", approve: "Approve", reject: "Reject", send: "Send" },

  search,
  ways,
};
