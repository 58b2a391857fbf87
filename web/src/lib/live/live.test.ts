import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listen, type LiveEvent, liveState, onLive, SILENCE, tell } from "./live";

/** What a browser gives for a channel; the test is the server. */
class Source extends EventTarget {
  static all: Source[] = [];
  isClosed = false;
  constructor(readonly where: string) {
    super();
    Source.all.push(this);
  }
  close(): void {
    this.isClosed = true;
  }
  say(name: string, lastEventId = ""): void {
    this.dispatchEvent(Object.assign(new Event(name), { data: "{}", lastEventId }));
  }
}

const last = (): Source | undefined => Source.all.at(-1);
let stop: () => void;
let told: string[];

beforeEach(() => {
  vi.useFakeTimers();
  Source.all = [];
  told = [];
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("window", Object.assign(new EventTarget(), { setTimeout, clearTimeout }));
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ name: "ann" })));
  const deaf = onLive(({ name }) => told.push(name));
  const end = listen("/events", "ann");
  stop = () => {
    end();
    deaf();
  };
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("who is not heard for long is not there, and is asked again behind what was heard last", async () => {
  last()?.say("open");
  last()?.say("hello", "here-1");
  await vi.advanceTimersByTimeAsync(SILENCE - 1);
  expect(liveState.get()).toBe("live");
  last()?.say("mark", "here-7");
  await vi.advanceTimersByTimeAsync(SILENCE - 1);
  expect(liveState.get()).toBe("live");
  await vi.advanceTimersByTimeAsync(1);
  expect([liveState.get(), last()?.isClosed]).toEqual(["offline", true]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(last()?.where).toBe("/events?after=here-7");
  last()?.say("open");
  expect(liveState.get()).toBe("live");
  expect(told).toEqual(["reset", "reset"]);
});

test("a channel that never opens is given up, too, and silence ends with listening", async () => {
  await vi.advanceTimersByTimeAsync(SILENCE);
  expect(liveState.get()).toBe("offline");
  stop();
  const count = Source.all.length;
  await vi.advanceTimersByTimeAsync(10 * SILENCE);
  expect([liveState.get(), Source.all.length]).toEqual(["connecting", count]);
});

test("who fails at what is told keeps it from no other", () => {
  const complaints = vi.fn();
  vi.stubGlobal("reportError", complaints);
  const heard: LiveEvent[] = [];
  const stops = [
    onLive(() => {
      throw new TypeError("Illegal constructor");
    }),
    onLive((event) => heard.push(event)),
  ];
  tell({ name: "notification", data: {} });
  for (const end of stops) end();
  expect([heard.length, complaints.mock.calls.length]).toEqual([1, 1]);
});
