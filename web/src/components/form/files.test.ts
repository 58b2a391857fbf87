import { expect, test } from "vitest";
import { replaced } from "./files";

const ids = new Map([["files::1", ["17", "18"]]]);

test("files are replaced by the ids of what they became, also inside a list", () =>
  expect(replaced({ rooms: [{ photos: "files::1" }] }, ids)).toEqual({ rooms: [{ photos: ["17", "18"] }] }));

test("files that are gone are none", () =>
  expect(replaced({ photos: "files::9" }, ids)).toEqual({ photos: [] }));

test("everything else stays", () => {
  const values = { name: "files", count: 1, none: null };
  expect(replaced(values, ids)).toEqual(values);
});
