/** Diagrams of processes. */
export const diagram = {
  label: (name: string) => `Diagram of ${name}`,
  keys: "Arrow keys move it, plus and minus change its size, 0 shows all of it",
  closer: "Larger",
  further: "Smaller",
  fit: "Show all of it",
  undrawn: "This file can not be drawn.",
  legend: "What the marks mean",
  asList: "Show it as a list",
  marks: {
    done: "done",
    waiting: "waits here",
    stuck: "stuck here",
    ended: "ended from outside",
    wrong: "has to be mended",
    warned: "worth a look",
  },
  types: {
    start: "start",
    end: "end",
    event: "event",
    gateway: "decision",
    person: "step for a person",
    call: "another process",
    inner: "part of the process",
    machine: "automatic step",
  },
};
