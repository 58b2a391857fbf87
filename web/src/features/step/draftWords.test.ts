import { describe, expect, test } from "vitest";
import { Refused } from "@/lib/api";
import { en } from "@/lib/texts/en";
import { areas } from "@/lib/texts/en/areas";
import { draftWords } from "./draftWords";
import type { DraftState } from "./useStep";

const words = (state: DraftState): string => draftWords(state, { ...en, ...areas }, () => "10:00");
const here = (status: number, sentence = ""): string =>
  words({ kind: "here", error: new Refused(status, "x", sentence) });

describe("where a draft is kept", () => {
  test("is said as it is, for every way in which it can fail", () => {
    expect(here(0)).toBe("Kept in this browser until the server can be reached");
    expect(here(429)).toBe("Kept in this browser until the server takes it");
    expect(here(503)).toBe("Kept in this browser until the server takes it");
    expect(here(413, "It is too much.")).toBe("Kept in this browser only: It is too much.");
    expect(words({ kind: "over" })).toMatch(/^Not kept/);
    expect(words({ kind: "kept", at: new Date() })).toContain("10:00");
  });
});
