import { expect, test } from "vitest";
import { placeBeside, ringAround } from "./place";

const wide = { width: 1280, height: 800 };
const narrow = { width: 390, height: 844 };
const box = (top: number, left = 200): { top: number; left: number; bottom: number } => ({
  top,
  left,
  bottom: top + 36,
});

test("the card stands below the button that begins it", () =>
  expect(placeBeside(box(10), "run", wide)).toMatchObject({ top: 60, left: 200 }));

test("the card does not leave the screen", () =>
  expect(placeBeside(box(10, 1200), "run", wide)).toMatchObject({ top: 60, left: 966 }));

test("the card stands at the edge while something is chosen or filled in", () =>
  expect([placeBeside(box(10), "fill", wide), placeBeside(box(10), "choose", wide)]).toEqual([null, null]));

test("on narrow screens the card keeps off what it points at", () => {
  expect(placeBeside(box(10), "run", narrow)).toBeNull();
  expect(placeBeside(box(780), "choose", narrow)).toEqual({ top: 64, bottom: "auto" });
});

test("the ring around what reaches the edge of the window is seen whole", () =>
  expect(ringAround({ left: 900, right: 1278, top: 100, height: 60 }, wide)).toEqual({
    left: 895,
    top: 95,
    width: 381,
    height: 70,
  }));
