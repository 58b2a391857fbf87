import { expect, test } from "vitest";
import { areas as de } from "@/lib/texts/de/areas";
import { areas as en } from "@/lib/texts/en/areas";
import { isFilled } from "./untouched";
import { calendarIn, translate } from "./viewerWords";

const drawn = (props: Record<string, unknown>) => {
  translate(props, de.form);
  return props;
};

test("what the viewer writes itself is said in the person's language", () => {
  const select = "fjs-select-display fjs-select-placeholder";
  expect(drawn({ class: select, children: "Select" })["children"]).toBe("Auswählen");
  expect(drawn({ class: "fjs-input", placeholder: "Search" })["placeholder"]).toBe("Suchen …");
  expect(drawn({ class: "fjs-dropdownlist-empty", children: "No results" })["children"]).toBe(
    "Nichts gefunden",
  );
});

test("what an author or a person wrote stays", () => {
  expect(drawn({ class: "fjs-select-display", children: "Select" })["children"]).toBe("Select");
  expect(drawn({ class: "mine", placeholder: "Search" })["placeholder"]).toBe("Search");
});

test("how a date is typed is told with the letters of the language", () => {
  expect(drawn({ class: "fjs-input", placeholder: "dd.mm.yyyy" })["placeholder"]).toBe("TT.MM.JJJJ");
  expect(drawn({ class: "fjs-input", placeholder: "hh:mm" })["placeholder"]).toBe("hh:mm");
});

test("a message of the viewer that no rule has seen is said, too", () => {
  const line = { children: "Field is required." };
  drawn({ class: "fjs-form-field-error", children: { props: { children: [{ props: line }] } } });
  expect(line.children).toBe(de.form.wrong.missing);
});

test("days and months of the calendar are those of the language", () => {
  const german = calendarIn("de", de.form);
  expect([german.weekdays.longhand[0], german.months.longhand[2]]).toEqual(["Sonntag", "März"]);
  expect(calendarIn("en-GB", en.form).months.longhand[2]).toBe("March");
});

test.each([
  ["", false],
  [[], false],
  [false, false],
  [0, true],
  ["a", true],
])("%j filled in: %s", (value, isIt) => expect(isFilled(value)).toBe(isIt));
