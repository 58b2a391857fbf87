import { expect, test } from "vitest";
import { placeBeside } from "./place";

const screen = { width: 1280, height: 800 };
const box = (top: number, left = 200): { top: number; left: number; bottom: number } => ({
  top,
  left,
  bottom: top + 36,
});

test("the card stands below what it points at, or above where there is no room", () => {
  expect(placeBeside(box(10), "run", screen)).toEqual({ top: 60, left: 200 });
  expect(placeBeside(box(700), "choose", screen)).toEqual({ top: 516, left: 200 });
});

test("the card does not leave the screen", () =>
  expect(placeBeside(box(10, 1200), "open", screen)).toEqual({ top: 60, left: 966 }));

test("the card keeps off a page that is filled in, and off narrow screens", () => {
  expect(placeBeside(box(10), "fill", screen)).toBeNull();
  expect(placeBeside(box(10), "run", { width: 390, height: 844 })).toBeNull();
});
