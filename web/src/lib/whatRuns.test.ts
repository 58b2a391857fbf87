import { expect, test } from "vitest";
import type { ActiveElement } from "@/lib/api";
import { atWork } from "./whatRuns";

function element(name: string, ...kinds: string[]): ActiveElement {
  return {
    id: `1-${name}`,
    element: name,
    scope: "1",
    state: "active",
    waits_for: kinds.map((kind) => ({ kind })),
  };
}

test("what waits for a machine is what runs", () =>
  expect(atWork({ waiting: [element("ask", "user task"), element("send", "job")] })).toBe("send"));

test("what waits for people or time does not run", () =>
  expect(atWork({ waiting: [element("ask", "user task"), element("pause", "timer")] })).toBeNull());

test("a step for a person does not run, though its reminder is a job", () =>
  expect(atWork({ waiting: [element("ask", "user task", "job")] })).toBeNull());

test("an instance that waits for nothing does not run", () => expect(atWork({})).toBeNull());
