import { describe, expect, test } from "vitest";
import { asLooking, changed, contentOf, FIRST, isNarrowed, viewOf } from "./panelView";

describe("how tasks are looked at", () => {
  test("another order than that of the due time leaves the days", () =>
    expect(changed(FIRST, { sort: "priority" }).group).toBe("none"));

  test("who groups by day sorts by the due time", () => {
    const byAge = { ...FIRST, sort: "created", group: "none" } as const;
    expect(changed(byAge, { group: "due" }).sort).toBe("due");
  });

  test("an order within processes keeps the groups", () =>
    expect(changed({ ...FIRST, group: "process" }, { sort: "priority" }).group).toBe("process"));

  test("a saved filter gives back what was saved", () => {
    const view = { ...FIRST, search: "order", role: "sales", process: { id: "order", name: "Order" } };
    expect(viewOf(contentOf(view))).toEqual(view);
  });

  test("what is not known is as at first", () =>
    expect(viewOf({ more: { sort: "colour", process: 7 } })).toEqual(FIRST));

  test("a search is not kept in the browser, that of a saved filter is", () => {
    const view = { ...FIRST, search: "order" };
    const saved = { id: "1", label: "Orders" };
    expect(asLooking({ view, saved: null })).toEqual({ view: FIRST, saved: null });
    expect(asLooking({ view, saved })).toEqual({ view, saved });
    expect([asLooking("order"), asLooking({ saved: 7 })]).toEqual([null, { view: FIRST, saved: null }]);
  });

  test("an order alone narrows nothing", () =>
    expect([isNarrowed({ ...FIRST, sort: "created" }), isNarrowed({ ...FIRST, quick: "today" })]).toEqual([
      false,
      true,
    ]));
});
