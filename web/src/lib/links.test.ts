import { expect, test } from "vitest";
import { hrefOf } from "./links";

test.each([
  ["https://a.example.org/b?c=d", "https://a.example.org/b?c=d"],
  ["ann.ames+x@example.org", "mailto:ann.ames+x@example.org"],
  ["+32 9 555 0605", "tel:+3295550605"],
  ["http://a.example.org", null],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["https://user:secret@a.example.org", null],
  ["https://", null],
  ["https://a.example.org is ours", null],
  ["ann@example.org?bcc=eve@example.org", null],
  ["+1", null],
  ["2026-11-26", null],
])("%s leads to %s", (text, expected) => expect(hrefOf(text)).toBe(expected));
