import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { soonOnce, touch } from "./again";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("much that is told at once is answered by one reading", async () => {
  const read = vi.fn(() => Promise.resolve());
  const again = soonOnce(read);
  for (let count = 0; count < 9; count += 1) again.ask();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(read).toHaveBeenCalledTimes(1);
});

test("what is told while it is read is read afterwards, once", async () => {
  const ends: (() => void)[] = [];
  const read = vi.fn(() => new Promise<void>((end) => ends.push(end)));
  const again = soonOnce(read);
  again.ask();
  await vi.advanceTimersByTimeAsync(1_000);
  again.ask();
  again.ask();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(read).toHaveBeenCalledTimes(1);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(read).toHaveBeenCalledTimes(2);
});

test("a reading that failed, or is given up, holds up no other", async () => {
  const read = vi.fn(() => new Promise<void>(() => undefined)).mockRejectedValueOnce(new Error("lost"));
  const again = soonOnce(read);
  for (const givesUp of [false, false, true]) {
    again.ask(givesUp);
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what it is about
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(read).toHaveBeenCalledTimes(3);
});

test("there is a pause between two readings, and none after the end", async () => {
  const read = vi.fn(() => Promise.resolve());
  const again = soonOnce(read, 1_500);
  again.ask();
  await vi.advanceTimersByTimeAsync(100);
  again.ask();
  await vi.advanceTimersByTimeAsync(1_300);
  expect(read).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(read).toHaveBeenCalledTimes(2);
  again.ask();
  again.stop();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(read).toHaveBeenCalledTimes(2);
});

test("what is told during the very first reading is read after it", async () => {
  const client = new QueryClient();
  const ends: ((found: string) => void)[] = [];
  const queryFn = (): Promise<string> => new Promise((end) => ends.push(end));
  const stop = new QueryObserver(client, { queryKey: ["list"], queryFn }).subscribe(() => undefined);
  const again = touch(client, ["list"]);
  ends[0]?.("before");
  await vi.advanceTimersByTimeAsync(10);
  ends[1]?.("after");
  await again;
  expect(client.getQueryData(["list"])).toBe("after");
  stop();
});
