import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { liveState, onLive, SILENCE } from "./live";
import { listenTogether } from "./shared";

const LONGEST = SILENCE + 4_000;
const LIVE = { kind: "state", state: "live" };

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
  say(name: string): void {
    this.dispatchEvent(Object.assign(new Event(name), { data: "{}", lastEventId: "" }));
  }
}

/** What this tab passes on; the test is the other tab. */
class Channel extends EventTarget {
  static last: Channel;
  passed: unknown[] = [];
  constructor() {
    super();
    Channel.last = this;
  }
  postMessage(data: unknown): void {
    this.passed.push(data);
  }
  hear(data: object): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
  close(): void {}
}

/** The other tab has the lock until this one steals it, and can steal it back. */
const locks = {
  steals: 0,
  takeAway: (): void => undefined,
  request: (_: string, asked: { steal?: boolean; signal?: AbortSignal }, have: () => Promise<void>) =>
    new Promise<void>((done, fail) => {
      asked.signal?.addEventListener("abort", () => fail(new Error("given up")));
      if (!asked.steal) return;
      locks.steals += 1;
      locks.takeAway = () => fail(new Error("stolen"));
      void have().then(done);
    }),
};

let stop: () => void;
let told: string[];

beforeEach(() => {
  vi.useFakeTimers();
  Source.all = [];
  told = [];
  locks.steals = 0;
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("BroadcastChannel", Channel);
  vi.stubGlobal("navigator", { locks });
  const window = { setTimeout, clearTimeout, BroadcastChannel: Channel };
  vi.stubGlobal("window", Object.assign(new EventTarget(), window));
  const deaf = onLive(({ name }) => told.push(name));
  const end = listenTogether("/events", "ann");
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

async function hang(): Promise<void> {
  Channel.last.hear(LIVE);
  await vi.advanceTimersByTimeAsync(LONGEST);
}

test("t1: as long as the tab that listens is heard, the others leave it to that one", async () => {
  for (const passed of [LIVE, { kind: "event", event: { name: "task-done", data: {} } }, LIVE]) {
    Channel.last.hear(passed);
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what it is about
    await vi.advanceTimersByTimeAsync(SILENCE - 1);
  }
  expect([liveState.get(), told, locks.steals, Source.all.length]).toEqual(["live", ["task-done"], 0, 0]);
});

test("t1: when the tab that listens hangs, another one says so, takes over and reads again", async () => {
  await hang();
  expect([liveState.get(), locks.steals, Source.all.length]).toEqual(["offline", 1, 1]);
  Source.all[0]?.say("open");
  Source.all[0]?.say("task-created");
  expect([liveState.get(), told]).toEqual(["live", ["reset", "reset", "task-created"]]);
});

test("t1: who listens passes on that somebody is there, and that it looks for them", async () => {
  await hang();
  Source.all[0]?.say("open");
  Channel.last.passed = [];
  Source.all[0]?.say("mark");
  expect(Channel.last.passed).toEqual([LIVE]);
  Source.all[0]?.say("error");
  expect(Channel.last.passed.at(-1)).toEqual({ kind: "state", state: "offline" });
});

test("t1: who has lost the lock listens no more, and hears from the tab that has it", async () => {
  await hang();
  locks.takeAway();
  await vi.advanceTimersByTimeAsync(0);
  expect([Source.all[0]?.isClosed, liveState.get()]).toEqual([true, "connecting"]);
  Channel.last.hear(LIVE);
  expect([liveState.get(), Channel.last.passed.at(-1)]).toEqual(["live", { kind: "who" }]);
});

test("t1: a tab that ends takes nothing over", async () => {
  Channel.last.hear(LIVE);
  stop();
  await vi.advanceTimersByTimeAsync(10 * SILENCE);
  expect([locks.steals, Source.all.length]).toEqual([0, 0]);
});
