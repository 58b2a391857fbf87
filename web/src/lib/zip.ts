/** Texts in a zip file, read in the browser to be looked at; the server reads the file by itself and trusts none of this. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LONGEST_COMMENT = 65_535;
const LARGEST = 2_000_000; // bytes of one text

/** The texts whose names end so, by their path; what can not be read is left out. */
export async function textsOfZip(data: ArrayBuffer, ending: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of entriesOf(new DataView(data))) {
    if (!entry.name.endsWith(ending) || entry.size > LARGEST) continue;
    const text = await textOf(data, entry).catch(() => null);
    if (text !== null) found.set(entry.name, text);
  }
  return found;
}

interface Entry {
  name: string;
  method: number;
  packed: number;
  size: number;
  start: number;
}

function entriesOf(view: DataView): Entry[] {
  const end = endOf(view);
  if (end === null) return [];
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
    if (at + ENTRY_SIZE > view.byteLength || view.getUint32(at, true) !== ENTRY) break;
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((offset) =>
      view.getUint16(at + offset, true),
    );
    if (at + ENTRY_SIZE + name > view.byteLength) break;
    entries.push({
      name: new TextDecoder().decode(new Uint8Array(view.buffer, at + ENTRY_SIZE, name)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      start: view.getUint32(at + 42, true),
    });
    at += ENTRY_SIZE + name + extra + comment;
  }
  return entries;
}

function endOf(view: DataView): number | null {
  const least = Math.max(0, view.byteLength - END_SIZE - LONGEST_COMMENT);
  for (let at = view.byteLength - END_SIZE; at >= least; at -= 1)
    if (view.getUint32(at, true) === END) return at;
  return null;
}

async function textOf(data: ArrayBuffer, { method, packed, start }: Entry): Promise<string | null> {
  const view = new DataView(data);
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const bytes = data.slice(from, from + packed);
  if (method === 0) return new TextDecoder().decode(bytes);
  if (method !== 8) return null;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return limited(unpacked.getReader());
}

/** A small file can say that it is small and unpack to gigabytes: no more than the limit is taken. */
async function limited(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > LARGEST) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
