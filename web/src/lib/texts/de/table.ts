import type { Texts } from "../index";

export const table: Texts["table"] = {
  all: "Alle",
  chooseAll: "Alle Zeilen auswählen",
  choose: (name) => `${name} auswählen`,
  sortBy: "Sortieren nach …",
  smallestFirst: "Das Kleinste steht zuerst. Reihenfolge umkehren",
  largestFirst: "Das Größte steht zuerst. Reihenfolge umkehren",
  more: "Mehr zeigen",
};
