import { expect, test } from "vitest";
import { stepped, written } from "./amounts";

const field = (more: object) => ({ type: "number", ...more });

test("a number is written as the page asks for it", () => {
  expect(written("12.50", field({ serializeToString: true }))).toBe("12.50");
  expect(written("12.50", field({}))).toBe(12.5);
  expect(written(null, field({}))).toBeNull();
});

test("a number with more digits than a double holds stays a text", () =>
  expect(written("1234567890.1234567", field({}))).toBe("1234567890.1234567"));

test("a step goes to the next multiple", () => {
  expect(stepped("12.5", field({}), 1)).toBe("13");
  expect(stepped(12.5, field({}), -1)).toBe("12");
  expect(stepped(null, field({}), 1)).toBe("1");
  expect(stepped("0.29", field({ decimalDigits: 2 }), 1)).toBe("0.30");
  expect(stepped("7", field({ increment: "5" }), 1)).toBe("10");
  expect(stepped("10", field({ increment: "5" }), -1)).toBe("5");
  expect(stepped("x", field({}), 1)).toBe("1");
});
