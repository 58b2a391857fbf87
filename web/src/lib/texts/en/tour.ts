/** The tour through the demonstration. */
export const tour = {
  title: "Tour",
  again: "Show the tour",
  welcome: "Welcome to Stepwell",
  lead: "Start a process, answer a question, put a step off: a tour of two minutes, with the real thing.",
  begin: "Begin",
  skip: "Skip the tour",
  end: "End the tour",
  goThere: "Go there",
  progress: (at: number, of: number) => `${at} of ${of}`,
  goals: {
    started: "Start a process",
    answered: "Answer a question",
    postponed: "Put a step off",
  },
  stages: {
    run: "Press Run process: it lists what you may run.",
    choose: "Choose Welcome a new customer. Arrow keys and Enter do it, too.",
    begin: "Press Start. The first step opens by itself.",
    other:
      "This is another process. Go back to the list and choose Welcome a new customer to go on with the tour, or start this one as you like.",
    fill: "Fill in what has a star, then press the filled button. The next step for you opens by itself.",
    question: "Choose an answer: a click, or its number key. Save, or Enter, sends it.",
    open: "Your steps wait here, in the panel. Open one.",
    later: "No time now? Press Perform later.",
    reschedule: "Say when it shall come back, then press Reschedule.",
    end: "That is all. The step comes back at its start; Show future tasks shows it before. What else comes to you stands in the panel.",
  },
  finish: "Done",
};
