import { describe, expect, test } from "vitest";
import type { InboxPage } from "./api";
import { askedOf, trimmed } from "./inbox";
import { FIRST } from "./panelView";

const now = new Date("2026-11-26T08:00:00Z");
const pages = (...counts: number[]) => ({
  pages: counts.map(
    (count) => ({ items: Array.from({ length: count }), after: null }) as unknown as InboxPage,
  ),
  pageParams: counts.map(String),
});

describe("what is asked of the server", () => {
  test("days are its order by due time, not its groups", () =>
    expect(askedOf(FIRST, now, "UTC")).toMatchObject({ sort: "due", group: null, due_before: null }));

  test("today ends where the person is", () =>
    expect(askedOf({ ...FIRST, quick: "today" }, now, "Europe/Berlin")["due_before"]).toBe(
      "2026-11-26T23:00:00.000Z",
    ));
});

describe("reading a long list again", () => {
  test("leaves out what is behind what is looked at", () =>
    expect(trimmed(pages(50, 200, 200, 200), 300).pageParams).toEqual(["50", "200", "200"]));
  test("a short one stays", () => expect(trimmed(pages(50, 200), 0).pageParams).toEqual(["50", "200"]));
  test("at its end all of it stays", () =>
    expect(trimmed(pages(50, 200, 200), 900).pageParams).toEqual(["50", "200", "200"]));
});
