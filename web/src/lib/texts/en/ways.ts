/** Where one can go. */
export const ways = {
  activities: "Activities",
  administration: "Administration",
  log: "Process log",
  lookups: "Lookups",
  processes: "Processes",
  settings: "Settings",
};
