import type { FirstTexts } from "../index";

export const ways: FirstTexts["ways"] = {
  activities: "Aktivitäten",
  administration: "Verwaltung",
  log: "Prozessprotokoll",
  lookups: "Nachschlagelisten",
  processes: "Prozesse",
  settings: "Einstellungen",
};
