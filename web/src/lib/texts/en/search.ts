/** Searching everywhere. */
export const search = {
  title: "Search everywhere",
  placeholder: "Search records, steps, processes",
  keys: "Ctrl K",
  hint: "Type at least two characters. Arrow keys choose, Enter opens.",
  steps: "Steps for you",
  processes: "Processes to run",
  found: (count: number) => `${count} found`,
  nothing: (text: string) => `Nothing has “${text}” in it.`,
  nothingHint: "Try fewer or other words. What you may not see is not found.",
  notAll: "There is so much that only the newest was looked at.",
  notRunnable: "This process can not be run any more.",
};
