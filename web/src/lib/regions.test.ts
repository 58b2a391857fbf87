import { describe, expect, test } from "vitest";
import { languageChoices, zoneChoices } from "./regions";

const inEnglish = (language: string): string => `${language} (texts in English)`;

describe("what can be chosen", () => {
  test("a language is called as its speakers call it", () =>
    expect(languageChoices("de", "en", inEnglish)).toContainEqual({ value: "de", label: "Deutsch" }));

  test("a language without texts says so", () =>
    expect(languageChoices("pt", "en", inEnglish)).toContainEqual({
      value: "pt",
      label: "Portuguese (texts in English)",
    }));

  test("the zone that is set is there, whatever it is", () =>
    expect(zoneChoices("Etc/GMT+5")).toEqual(expect.arrayContaining(["Etc/GMT+5", "UTC", "Europe/Oslo"])));
});
