import { afterEach, expect, test, vi } from "vitest";
import { keyAfter, Refused, send } from "./client";

afterEach(() => vi.unstubAllGlobals());

test("an answer that was cut off is a lost one: the same key is used again", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"id": "7", "sta')));
  const error: unknown = await send("POST", "/user-tasks/7/complete").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Refused);
  expect((error as Refused).status).toBe(0);
  expect(keyAfter(error, "first")).toBe("first");
});
