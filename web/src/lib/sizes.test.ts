import { expect, test } from "vitest";
import { sizeText } from "./sizes";

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_500, "1.5 kB"],
  [12_400, "12 kB"],
  [52_428_800, "52 MB"],
])("%i bytes are written as %s", (bytes, text) => expect(sizeText(bytes, "en-GB")).toBe(text));
