/**
 * Where the parts of a drawing stand that nobody has drawn: in columns by how far they are from the start, in rows by
 * branch. Lines run in the gaps between the columns, and through cells that are kept free for them.
 */

export interface Box {
  id: string;
  width: number;
  height: number;
  /** The number of its lane, from the top. */
  lane?: number;
  /** The box on whose edge it sits. */
  host?: string;
}

export interface Way {
  id: string;
  from: string;
  to: string;
}

export interface Point {
  x: number;
  y: number;
}

export interface Place extends Point {
  width: number;
  height: number;
}

export interface Arranged {
  places: Map<string, Place>;
  ways: Map<string, Point[]>;
  /** From where to where each lane goes. */
  lanes: Map<number, { y: number; height: number }>;
  width: number;
  height: number;
}

const GAP_X = 70;
const GAP_Y = 60;
const BAND = 10_000; // rows that a lane may have
const THIN = 40; // the height of a row in which only lines run
const APART = 18;

export function arrange(boxes: readonly Box[], ways: readonly Way[]): Arranged {
  const free = boxes.filter((box) => box.host === undefined);
  const roots = new Map(boxes.map((box) => [box.id, box.host ?? box.id]));
  const known = ways.filter((way) => roots.has(way.from) && roots.has(way.to));
  const between = known.map((way) => ({
    ...way,
    source: roots.get(way.from) ?? way.from,
    target: roots.get(way.to) ?? way.to,
  }));
  const back = backward(free, between);
  const forward = between.filter((way) => !back.has(way.id));
  const ranks = rank(free, forward);
  const cells = assign(free, forward, ranks);
  const grid = measure(free, ranks, cells);
  const places = new Map<string, Place>();
  for (const box of free) places.set(box.id, placeOf(box, ranks.get(box.id) ?? 0, cells, grid));
  sit(boxes, places);
  return route({ known: between, back, ranks, cells, grid, places, roots });
}

interface Between extends Way {
  source: string;
  target: string;
}

/** Ways that lead back to where a token has been already. */
function backward(free: readonly Box[], ways: readonly Between[]): Set<string> {
  const found = new Set<string>();
  const state = new Map<string, "open" | "over">();
  const visit = (id: string): void => {
    state.set(id, "open");
    for (const way of ways) {
      if (way.source !== id) continue;
      if (state.get(way.target) === "open") found.add(way.id);
      else if (!state.has(way.target)) visit(way.target);
    }
    state.set(id, "over");
  };
  const begins = free.filter((box) => !ways.some((way) => way.target === box.id && way.source !== box.id));
  for (const box of [...begins, ...free]) if (!state.has(box.id)) visit(box.id);
  return found;
}

/** How many ways the longest path to each box has. */
function rank(free: readonly Box[], forward: readonly Between[]): Map<string, number> {
  const ranks = new Map(free.map((box) => [box.id, 0]));
  for (let turn = 0, changed = true; changed && turn <= free.length; turn += 1) {
    changed = false;
    for (const way of forward) {
      const wanted = (ranks.get(way.source) ?? 0) + 1;
      if ((ranks.get(way.target) ?? 0) >= wanted) continue;
      ranks.set(way.target, wanted);
      changed = true;
    }
  }
  return ranks;
}

interface Cells {
  /** The row of each box. */
  rows: Map<string, number>;
  /** The row in which a way runs that passes columns. */
  tracks: Map<string, number>;
}

function assign(free: readonly Box[], forward: readonly Between[], ranks: Map<string, number>): Cells {
  const taken = new Set<string>();
  const rows = new Map<string, number>();
  const tracks = new Map<string, number>();
  const wishes = new Map<string, number>();
  const isFree = (row: number, from: number, to: number): boolean => {
    for (let column = from; column <= to; column += 1) if (taken.has(`${column}/${row}`)) return false;
    return true;
  };
  const take = (wish: number, from: number, to: number): number => {
    let row = wish;
    while (!isFree(row, from, to)) row += 1;
    for (let column = from; column <= to; column += 1) taken.add(`${column}/${row}`);
    return row;
  };
  const ordered = [...free].sort((one, other) => (ranks.get(one.id) ?? 0) - (ranks.get(other.id) ?? 0));
  for (const box of ordered) {
    const column = ranks.get(box.id) ?? 0;
    const first = (box.lane ?? 0) * BAND;
    const wish = wishes.get(box.id) ?? first;
    const row = take(Math.floor(wish / BAND) * BAND === first ? wish : first, column, column);
    rows.set(box.id, row);
    const leaving = forward.filter((way) => way.source === box.id);
    const [own, hosted] = [true, false].map((isOwn) =>
      leaving.filter((way) => (way.from === way.source) === isOwn),
    );
    for (const [group, first] of [[own, row] as const, [hosted, row + 1] as const])
      group?.forEach((way, index) => {
        const below = first + index;
        const end = ranks.get(way.target) ?? 0;
        const track = end > column + 1 ? take(below, column + 1, end - 1) : below;
        if (end > column + 1) tracks.set(way.id, track);
        wishes.set(way.target, Math.min(wishes.get(way.target) ?? Infinity, track));
      });
  }
  return { rows, tracks };
}

interface Grid {
  columns: { x: number; width: number }[];
  rows: Map<number, { y: number; height: number }>;
  width: number;
  height: number;
}

function measure(free: readonly Box[], ranks: Map<string, number>, cells: Cells): Grid {
  const widths: number[] = [];
  const heights = new Map([...cells.tracks.values()].map((row) => [row, THIN]));
  for (const box of free) {
    const column = ranks.get(box.id) ?? 0;
    const row = cells.rows.get(box.id) ?? 0;
    widths[column] = Math.max(widths[column] ?? 0, box.width);
    heights.set(row, Math.max(heights.get(row) ?? 0, box.height));
  }
  let x = 0;
  const columns = Array.from(widths, (width = 0) => {
    const column = { x, width };
    x += width + GAP_X;
    return column;
  });
  let y = 0;
  const rows = new Map<number, { y: number; height: number }>();
  for (const [row, height] of [...heights].sort(([one], [other]) => one - other)) {
    rows.set(row, { y, height });
    y += height + GAP_Y;
  }
  return { columns, rows, width: Math.max(0, x - GAP_X), height: Math.max(0, y - GAP_Y) };
}

function placeOf(box: Box, column: number, cells: Cells, grid: Grid): Place {
  const { x, width } = grid.columns[column] ?? { x: 0, width: 0 };
  const { y, height } = grid.rows.get(cells.rows.get(box.id) ?? 0) ?? { y: 0, height: 0 };
  return {
    x: x + (width - box.width) / 2,
    y: y + (height - box.height) / 2,
    width: box.width,
    height: box.height,
  };
}

/** Boxes that sit on the lower edge of another one stand side by side, from the right. */
function sit(boxes: readonly Box[], places: Map<string, Place>): void {
  const seats = new Map<string, number>();
  for (const box of boxes) {
    const host = box.host === undefined ? undefined : places.get(box.host);
    if (!host || box.host === undefined) continue;
    const seat = seats.get(box.host) ?? 0;
    seats.set(box.host, seat + 1);
    const x = host.x + host.width - box.width - 10 - seat * (box.width + 8);
    places.set(box.id, {
      x,
      y: host.y + host.height - box.height / 2,
      width: box.width,
      height: box.height,
    });
  }
}

interface Routing {
  known: readonly Between[];
  back: Set<string>;
  ranks: Map<string, number>;
  cells: Cells;
  grid: Grid;
  places: Map<string, Place>;
  roots: Map<string, string>;
}

function route(given: Routing): Arranged {
  const { known, back, grid, places, cells } = given;
  const ways = new Map<string, Point[]>();
  let bottom = grid.height;
  for (const way of known) {
    if (back.has(way.id)) bottom += APART;
    ways.set(way.id, lineOf(way, given, back.has(way.id) ? bottom + APART : null));
  }
  const height = bottom > grid.height ? bottom + APART : grid.height;
  return { places, ways, lanes: lanesOf(cells, grid), width: grid.width, height };
}

/** A line with corners of 90 degrees; `under`: how far down it runs when it leads back. */
function lineOf(way: Between, { ranks, cells, grid, places }: Routing, under: number | null): Point[] {
  const from = places.get(way.from);
  const to = places.get(way.to);
  if (!from || !to) return [];
  const source = grid.columns[ranks.get(way.source) ?? 0] ?? { x: 0, width: 0 };
  const target = grid.columns[ranks.get(way.target) ?? 0] ?? { x: 0, width: 0 };
  const out = source.x + source.width + GAP_X / 3;
  const into = target.x - GAP_X / 3;
  const end = { x: to.x, y: to.y + to.height / 2 };
  const row = grid.rows.get(cells.tracks.get(way.id) ?? Number.NaN);
  const track = under ?? (row ? row.y + row.height / 2 - APART : end.y); // not in line with a box that stands in the row
  const start = way.from === way.source ? sideOf(from) : bottomOf(from);
  const corners = [
    { x: out, y: start.at(-1)?.y ?? 0 },
    { x: out, y: track },
  ];
  if (under !== null || row) corners.push({ x: into, y: track }, { x: into, y: end.y });
  return straightened([...start, ...corners, end]);
}

const sideOf = (place: Place): Point[] => [{ x: place.x + place.width, y: place.y + place.height / 2 }];

function bottomOf(place: Place): Point[] {
  const x = place.x + place.width / 2;
  const y = place.y + place.height;
  return [
    { x, y },
    { x, y: y + APART },
  ];
}

/** Without points that stand twice or in the middle of a straight line. */
function straightened(points: readonly Point[]): Point[] {
  const found: Point[] = [];
  for (const point of points) {
    const last = found.at(-1);
    const before = found.at(-2);
    if (last && last.x === point.x && last.y === point.y) continue;
    const isStraight =
      last &&
      before &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (isStraight) found.pop();
    found.push(point);
  }
  return found;
}

function lanesOf(cells: Cells, grid: Grid): Map<number, { y: number; height: number }> {
  const found = new Map<number, { y: number; height: number }>();
  for (const row of [...cells.rows.values(), ...cells.tracks.values()]) {
    const lane = Math.floor(row / BAND);
    const { y, height } = grid.rows.get(row) ?? { y: 0, height: 0 };
    const known = found.get(lane) ?? { y, height };
    const top = Math.min(known.y, y);
    found.set(lane, { y: top, height: Math.max(known.y + known.height, y + height) - top });
  }
  return found;
}
