/** The viewer of bpmn.io, as our pages use it: drawn once, marked anew whenever something changes. */
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";
import type EventBus from "diagram-js/lib/core/EventBus";
import type Overlays from "diagram-js/lib/features/overlays/Overlays";
import { drawn } from "./draw";
import type { Mark, Marks } from "./marks";

const SIGNS: Record<Mark, string> = {
  done: "M5.5 10.5l3 3 6-7",
  waiting: "M10 5.5v5l3 2",
  stuck: "M10 5.5v6M10 14.51v-.01",
  ended: "M6.5 6.5l7 7M13.5 6.5l-7 7",
  wrong: "M10 5.5v6M10 14.51v-.01",
  warned: "M10 5.5v6M10 14.51v-.01",
};
const MOST = 4;
const LEAST = 0.2;
const MARGIN = 16;
const STRIP = 52; // what the buttons and the mark of bpmn.io take at the bottom
const READABLE = 0.5; // below this scale nobody can read what is written
const WHEEL = 0.002;
const PER_KEY = 60;

export interface View {
  show: (marks: Marks, taken: ReadonlySet<string>) => void;
  /** Bring an element into view and put a frame around it; an empty id takes the frame away. */
  point: (element: string) => void;
  zoom: (factor: number) => void;
  move: (dx: number, dy: number) => void;
  /** Show all of it. */
  fit: () => void;
  /** Show all of it if it can be read then, else where something happens. */
  settle: () => void;
  /** How high a place of this width has to be to show all of it. */
  heightAt: (width: number) => number;
  destroy: () => void;
}

/** Draw a file into a place; `process` is the one to show when it has several. */
export async function viewOf(
  place: HTMLElement,
  { xml, process }: { xml: string; process: string },
  onChoose: (element: string) => void,
): Promise<View> {
  const viewer = new NavigatedViewer({
    container: place,
    zoomScroll: { enabled: false }, // the wheel belongs to the page
    bpmnRenderer: {
      defaultFillColor: "var(--sw-surface)",
      defaultStrokeColor: "var(--sw-drawn)",
      defaultLabelColor: "var(--sw-text)",
    },
    textRenderer: { defaultStyle: { fontFamily: "'Inter Variable', sans-serif" } },
  });
  const file = drawn(xml);
  await viewer.importXML(file, diagramOf(file, process));
  const canvas = viewer.get<Canvas>("canvas");
  viewer.get<EventBus>("eventBus").on("element.click", (event: { element: { id: string } }) => {
    onChoose(event.element.id.replace(/_label$/, ""));
  });
  quieten(place);
  const view = new Shown(viewer, canvas);
  zoomByWheel(place.querySelector<HTMLElement>(".djs-container") ?? place, view);
  return view;
}

class Shown implements View {
  private marked: [string, string][] = [];
  private pointed = "";
  private happens = "";
  private readonly registry: ElementRegistry;
  private readonly overlays: Overlays;

  constructor(
    private readonly viewer: NavigatedViewer,
    private readonly canvas: Canvas,
  ) {
    this.registry = viewer.get<ElementRegistry>("elementRegistry");
    this.overlays = viewer.get<Overlays>("overlays");
    this.fit();
  }

  show(marks: Marks, taken: ReadonlySet<string>): void {
    for (const [id, name] of this.marked) this.canvas.removeMarker(id, name);
    this.overlays.remove({ type: "mark" });
    this.marked = [];
    for (const id of taken) this.mark(id, "sw-taken");
    for (const [id, mark] of marks) {
      if (!this.mark(id, `sw-${mark}`)) continue;
      this.overlays.add(id, "mark", { position: this.cornerOf(id), html: badge(mark) });
    }
    const isFirst = this.happens === "";
    this.happens = placeOf(marks);
    if (isFirst) this.settle();
  }

  point(element: string): void {
    if (this.pointed && this.registry.get(this.pointed)) this.canvas.removeMarker(this.pointed, "sw-pointed");
    this.pointed = this.registry.get(element) ? element : "";
    if (!this.pointed) return;
    this.canvas.addMarker(this.pointed, "sw-pointed");
    this.canvas.scrollToElement(this.pointed, 80);
  }

  zoom(factor: number): void {
    this.canvas.zoom(Math.min(MOST, Math.max(LEAST, this.canvas.zoom() * factor)), undefined);
  }

  move(dx: number, dy: number): void {
    this.canvas.scroll({ dx: dx * PER_KEY, dy: dy * PER_KEY });
  }

  /** All of it, and never larger than it was drawn. */
  fit(): void {
    if (this.isSeen()) this.look(this.scale());
  }

  settle(): void {
    if (!this.isSeen()) return undefined;
    const scale = this.scale();
    if (scale >= READABLE) return this.look(scale);
    const element = this.registry.get(this.happens) as Shape | undefined;
    const middle = element && { x: element.x + element.width / 2, y: element.y + element.height / 2 };
    return this.look(READABLE, middle);
  }

  heightAt(width: number): number {
    const { inner } = this.canvas.viewbox();
    const scale = Math.min(1, Math.max(READABLE, width / (inner.width + 2 * MARGIN)));
    return Math.ceil(inner.height * scale) + 2 * MARGIN + STRIP;
  }

  /** A page beneath an open step has no size, and is as it was when the step is closed. */
  private isSeen(): boolean {
    this.canvas.resized();
    const { outer } = this.canvas.viewbox();
    return outer.width > 0 && outer.height > 0;
  }

  /** The scale at which all of it can be seen. */
  private scale(): number {
    const { inner, outer } = this.canvas.viewbox();
    const high = outer.height - STRIP;
    return Math.min(1, outer.width / (inner.width + 2 * MARGIN), high / (inner.height + 2 * MARGIN));
  }

  /** Bring a point into the middle, but never more of what lies outside than has to be. */
  private look(scale: number, middle?: Point): void {
    const { inner, outer } = this.canvas.viewbox();
    const width = outer.width / scale;
    const height = outer.height / scale;
    const strip = STRIP / scale;
    const high = height - strip;
    this.canvas.viewbox({
      x: within(middle?.x, { from: inner.x, size: inner.width }, width),
      y: within(middle?.y, { from: inner.y, size: inner.height }, high),
      width,
      height,
    });
  }

  destroy(): void {
    this.viewer.destroy();
  }

  /** The corner of a shape, the middle of a line. */
  private cornerOf(id: string): { top: number; right?: number; left?: number } {
    const found = this.registry.get(id) as { waypoints?: Point[] } | undefined;
    if (!found?.waypoints) return { top: -10, right: 10 };
    const xs = found.waypoints.map((point) => point.x);
    return { top: -12, left: (Math.max(...xs) - Math.min(...xs)) / 2 - 13 };
  }

  private mark(id: string, name: string): boolean {
    if (!this.registry.get(id)) return false;
    this.canvas.addMarker(id, name);
    this.marked.push([id, name]);
    return true;
  }
}

interface Point {
  x: number;
  y: number;
}

interface Shape extends Point {
  width: number;
  height: number;
}

/** Where a view of this size begins: all in the middle if there is room, else around a point or at the beginning. */
function within(point: number | undefined, of: { from: number; size: number }, view: number): number {
  if (view >= of.size) return of.from + of.size / 2 - view / 2;
  const wanted = point === undefined ? of.from : point - view / 2;
  return Math.min(Math.max(wanted, of.from - MARGIN), of.from + of.size - view + MARGIN);
}

/** The element at which one wants to look first. */
function placeOf(marks: Marks): string {
  for (const wanted of ["stuck", "wrong", "waiting", "warned"] as const)
    for (const [id, mark] of marks) if (mark === wanted) return id;
  return "";
}

/** Turning the wheel with the key for it changes the size; without, the page scrolls. */
function zoomByWheel(place: HTMLElement, view: View): void {
  place.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      view.zoom(Math.exp(-event.deltaY * WHEEL));
    },
    { passive: false },
  );
}

/** The drawing itself is told as a list beside it, and is moved by the keys of the frame around it. */
function quieten(place: HTMLElement): void {
  const drawing = place.querySelector(".djs-container > svg");
  drawing?.setAttribute("tabindex", "-1");
  drawing?.setAttribute("aria-hidden", "true");
}

function badge(mark: Mark): HTMLElement {
  const found = document.createElement("span");
  found.className = "sw-mark";
  found.dataset["mark"] = mark;
  const [svg, path] = ["svg", "path"].map((name) =>
    document.createElementNS("http://www.w3.org/2000/svg", name),
  );
  svg?.setAttribute("viewBox", "0 0 20 20");
  path?.setAttribute("d", SIGNS[mark]);
  if (svg && path) found.append(svg);
  if (path) svg?.append(path);
  return found;
}

/** The drawing of one process of a file; undefined: the first one. */
function diagramOf(xml: string, process: string): string | undefined {
  const file = new DOMParser().parseFromString(xml, "application/xml");
  const planes = [...file.querySelectorAll("BPMNPlane")];
  const found = planes.find((plane) => plane.getAttribute("bpmnElement") === process);
  return found?.parentElement?.getAttribute("id") ?? undefined;
}
