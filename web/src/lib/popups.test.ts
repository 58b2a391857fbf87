import { afterEach, expect, test, vi } from "vitest";
import { popUp } from "./popups";

afterEach(() => vi.unstubAllGlobals());

const given = { id: "1", title: "Pack", body: "Ann gave you this step", onPress: () => undefined };

test("what the browser shows is shown", () => {
  vi.stubGlobal("Notification", EventTarget);
  expect(popUp(given)).toBe(true);
});

test("a browser that lets and then refuses shows nothing", () => {
  vi.stubGlobal("Notification", function refuse() {
    throw new TypeError("Illegal constructor");
  });
  expect(popUp(given)).toBe(false);
});
