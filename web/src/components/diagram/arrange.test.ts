import { expect, test } from "vitest";
import { arrange, type Box, type Place, type Way } from "./arrange";

const box = (id: string, more: Partial<Box> = {}): Box => ({ id, width: 100, height: 80, ...more });
const way = (from: string, to: string): Way => ({ id: `${from}-${to}`, from, to });

function touch(one: Place, other: Place): boolean {
  const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x;
  const isBelow = one.y + one.height <= other.y || other.y + other.height <= one.y;
  return !isBeside && !isBelow;
}

test("what comes later stands further right, in one line", () => {
  const { places } = arrange([box("a"), box("b"), box("c")], [way("a", "b"), way("b", "c")]);
  const [a, b, c] = ["a", "b", "c"].map((id) => places.get(id));
  expect([a?.y, b?.y, c?.y]).toEqual([0, 0, 0]);
  expect((a?.x ?? 0) < (b?.x ?? 0) && (b?.x ?? 0) < (c?.x ?? 0)).toBe(true);
});

test("branches stand below each other, and nothing overlaps", () => {
  const boxes = ["a", "b", "c", "d", "e"].map((id) => box(id));
  const ways = [way("a", "b"), way("a", "c"), way("b", "d"), way("c", "e"), way("e", "d"), way("a", "d")];
  const places = [...arrange(boxes, ways).places.values()];
  const pairs = places.flatMap((one, index) => places.slice(index + 1).map((other) => touch(one, other)));
  expect(pairs).not.toContain(true);
});

test("a way past other columns does not run through a box", () => {
  const found = arrange(
    ["a", "b", "c"].map((id) => box(id)),
    [way("a", "b"), way("b", "c"), way("a", "c")],
  );
  const b = found.places.get("b");
  const past = found.ways.get("a-c") ?? [];
  const ys = past.filter((point) => point.x > 100 && point.x < 400).map((point) => point.y);
  expect(Math.max(...ys)).toBeGreaterThan((b?.y ?? 0) + (b?.height ?? 0));
});

test("a way back runs below everything", () => {
  const found = arrange([box("a"), box("b")], [way("a", "b"), way("b", "a")]);
  expect(Math.max(...(found.ways.get("b-a") ?? []).map((point) => point.y))).toBeGreaterThan(80);
});

test("a boundary event sits on the edge of its host", () => {
  const small = { width: 36, height: 36, host: "a" };
  const { places, ways } = arrange([box("a"), box("late", small), box("b")], [way("late", "b")]);
  expect(places.get("late")?.y).toBe(62);
  expect(ways.get("late-b")?.[0]).toEqual({ x: 72, y: 98 });
});

test("each lane has rows of its own", () => {
  const boxes = [box("a", { lane: 1 }), box("b", { lane: 0 }), box("c", { lane: 1 })];
  const { places, lanes } = arrange(boxes, [way("a", "b"), way("b", "c")]);
  expect(places.get("b")?.y).toBeLessThan(places.get("a")?.y ?? 0);
  expect(places.get("c")?.y).toBe(places.get("a")?.y);
  expect([...lanes.keys()].sort()).toEqual([0, 1]);
});
