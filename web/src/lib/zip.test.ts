import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { textsOfZip } from "./zip";

/** A zip file with these texts; checksums are left out, nobody here looks at them. */
function zip(files: Record<string, string>, isPacked: boolean): ArrayBuffer {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  for (const [name, text] of Object.entries(files)) {
    const start = parts.reduce((sum, part) => sum + part.length, 0);
    const data = isPacked ? deflateRawSync(text) : Buffer.from(text);
    const head = Buffer.alloc(30);
    head.writeUInt16LE(name.length, 26);
    parts.push(head, Buffer.from(name), data);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(isPacked ? 8 : 0, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(1, 24); // a file may say what it likes
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(start, 42);
    entries.push(entry, Buffer.from(name));
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(
    parts.reduce((sum, part) => sum + part.length, 0),
    16,
  );
  const all = Buffer.concat([...parts, ...entries, end]);
  return new Uint8Array(all).buffer;
}

const FILES = { "shop/app.yaml": "name: shop", "shop/processes/order.bpmn": "<definitions/>" };

test.each([true, false])("texts are found by their ending (packed: %s)", async (isPacked) =>
  expect([...(await textsOfZip(zip(FILES, isPacked), ".bpmn"))]).toEqual([
    ["shop/processes/order.bpmn", "<definitions/>"],
  ]),
);

test("what unpacks to more than a text is left out", async () => {
  const large = { "a.bpmn": "x".repeat(3_000_000), "b.bpmn": "y" };
  expect([...(await textsOfZip(zip(large, true), ".bpmn")).keys()]).toEqual(["b.bpmn"]);
});

test("a damaged zip file has the texts that can be read", async () => {
  const whole = zip({ "a.bpmn": "x", "b.bpmn": "y" }, false);
  const view = new DataView(whole);
  const last = whole.byteLength - 22 - 46 - "b.bpmn".length;
  view.setUint16(last + 28, 60_000, true); // the name ends behind the file
  expect([...(await textsOfZip(whole, ".bpmn")).keys()]).toEqual(["a.bpmn"]);
});

test("what is no zip file has no texts", async () =>
  expect((await textsOfZip(new TextEncoder().encode("no zip file at all, only words").buffer, "")).size).toBe(
    0,
  ));
