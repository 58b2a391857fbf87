/** Gives a file of BPMN without a drawing one: shapes and lines for everything that takes part in its flow. */
import { arrange, type Box, type Place, type Point, type Way } from "./arrange";

const BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI";
const DC = "http://www.omg.org/spec/DD/20100524/DC";
const DI = "http://www.omg.org/spec/DD/20100524/DI";

const INNER = { left: 40, top: 50, right: 40, bottom: 40 };
const POOL = { left: 30 + 30 + 30, top: 30, right: 40, bottom: 30 };
const LANES = { left: 30 + 30, top: 30, right: 40, bottom: 30 };
const PLAIN = { left: 0, top: 0, right: 0, bottom: 0 };
const POOLS_APART = 60;
const SIZES: Record<string, [number, number]> = { event: [36, 36], gateway: [50, 50], task: [110, 80] };

type Kind = "event" | "gateway" | "task" | "inner";
type Margin = typeof PLAIN;

/** The same file if it is drawn, else with a drawing of each of its processes. */
export function drawn(xml: string): string {
  const file = new DOMParser().parseFromString(xml, "application/xml");
  const definitions = file.documentElement;
  const isDrawn = file.getElementsByTagNameNS(BPMNDI, "BPMNShape").length > 0;
  if (definitions.localName !== "definitions" || isDrawn) return xml;
  Array.from(file.getElementsByTagNameNS(BPMNDI, "BPMNDiagram")).forEach((old) => old.remove());
  const pools = [...file.getElementsByTagNameNS(BPMN, "participant")].filter((pool) => processOf(pool));
  const collaboration = pools[0]?.parentElement;
  if (collaboration) drawPools(new Plane(definitions, collaboration), pools);
  else
    for (const process of children(definitions, "process")) {
      const margin = children(process, "laneSet").length > 0 ? LANES : PLAIN;
      new Drawing(new Plane(definitions, process), process, margin).at({ x: 0, y: 0 });
    }
  return new XMLSerializer().serializeToString(file);
}

function drawPools(plane: Plane, pools: readonly Element[]): void {
  let y = 0;
  const drawings = pools.flatMap((pool) => {
    const process = processOf(pool);
    return process ? [{ pool, drawing: new Drawing(plane, process, POOL) }] : [];
  });
  const width = Math.max(...drawings.map(({ drawing }) => drawing.width));
  for (const { pool, drawing } of drawings) {
    plane.shape(pool, { x: 0, y, width, height: drawing.height }, { isHorizontal: "true" });
    drawing.at({ x: 0, y }, width);
    y += drawing.height + POOLS_APART;
  }
}

/** One process or sub-process, and what stands in it. */
class Drawing {
  readonly width: number;
  readonly height: number;
  private readonly arranged;
  private readonly inner = new Map<string, Drawing>();
  private readonly nodes: Element[];
  private readonly flows: Element[];
  private readonly lanes: Element[];

  constructor(
    private readonly plane: Plane,
    scope: Element,
    private readonly margin: Margin,
  ) {
    this.nodes = [...scope.children].filter((one) => kindOf(one) !== null);
    this.flows = children(scope, "sequenceFlow");
    this.lanes = children(scope, "laneSet").flatMap((set) => children(set, "lane"));
    for (const node of this.nodes)
      if (kindOf(node) === "inner") this.inner.set(idOf(node), new Drawing(plane, node, INNER));
    this.arranged = arrange(
      this.nodes.map((node) => this.boxOf(node)),
      this.flows.map(wayOf),
    );
    this.width = this.arranged.width + margin.left + margin.right;
    this.height = this.arranged.height + margin.top + margin.bottom;
  }

  at(origin: Point, width = this.width): void {
    const left = origin.x + this.margin.left;
    const top = origin.y + this.margin.top;
    this.drawLanes(origin, top, width);
    for (const node of this.nodes) {
      const place = this.arranged.places.get(idOf(node));
      if (!place) continue;
      const moved = { ...place, x: place.x + left, y: place.y + top };
      const inner = this.inner.get(idOf(node));
      this.plane.shape(node, moved, inner ? { isExpanded: "true" } : markOf(node));
      inner?.at(moved);
    }
    for (const flow of this.flows) {
      const points = this.arranged.ways.get(idOf(flow)) ?? [];
      if (points.length > 1)
        this.plane.edge(
          flow,
          points.map(({ x, y }) => ({ x: x + left, y: y + top })),
        );
    }
  }

  /** Lanes touch each other: half of the gap between their rows belongs to each. */
  private drawLanes(origin: Point, top: number, width: number): void {
    const left = this.margin === POOL ? 30 : 0;
    this.lanes.forEach((lane, index) => {
      const band = this.arranged.lanes.get(index);
      if (!band) return;
      const half = this.margin.top;
      const isLast = index === this.lanes.length - 1; // ways that lead back run below all rows
      const height = isLast ? this.arranged.height - band.y : band.height;
      const place = {
        x: origin.x + left,
        y: top + band.y - half,
        width: width - left,
        height: height + 2 * half,
      };
      this.plane.shape(lane, place, { isHorizontal: "true" });
    });
  }

  private boxOf(node: Element): Box {
    const id = idOf(node);
    const inner = this.inner.get(id);
    const [width, height] = SIZES[kindOf(node) ?? "task"] ?? [0, 0];
    const host = node.getAttribute("attachedToRef");
    const lane = this.lanes.findIndex((one) =>
      children(one, "flowNodeRef").some((reference) => reference.textContent?.trim() === id),
    );
    return {
      id,
      width: inner?.width ?? width,
      height: inner?.height ?? height,
      ...(host ? { host } : {}),
      ...(lane > 0 ? { lane } : {}),
    };
  }
}

/** Where the shapes and lines of a diagram are written down. */
class Plane {
  private readonly plane: Element;

  constructor(definitions: Element, root: Element) {
    const diagram = definitions.ownerDocument.createElementNS(BPMNDI, "bpmndi:BPMNDiagram");
    diagram.setAttribute("id", `${idOf(root)}_drawn`);
    this.plane = this.under(diagram, BPMNDI, "bpmndi:BPMNPlane", {
      id: `${idOf(root)}_plane`,
      bpmnElement: idOf(root),
    });
    definitions.append(diagram);
  }

  shape(element: Element, place: Place, more: Record<string, string> = {}): void {
    const id = idOf(element);
    const given = { id: `${id}_shape`, bpmnElement: id, ...more };
    const shape = this.under(this.plane, BPMNDI, "bpmndi:BPMNShape", given);
    const { x, y, width, height } = place;
    this.under(shape, DC, "dc:Bounds", { x, y, width, height });
  }

  edge(element: Element, points: readonly Point[]): void {
    const id = idOf(element);
    const edge = this.under(this.plane, BPMNDI, "bpmndi:BPMNEdge", { id: `${id}_edge`, bpmnElement: id });
    for (const { x, y } of points) this.under(edge, DI, "di:waypoint", { x, y });
  }

  private under(
    parent: Element,
    space: string,
    name: string,
    given: Record<string, string | number>,
  ): Element {
    const made = parent.ownerDocument.createElementNS(space, name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, String(value));
    parent.append(made);
    return made;
  }
}

const idOf = (element: Element): string => element.getAttribute("id") ?? "";

function children(parent: Element, name: string): Element[] {
  return [...parent.children].filter((one) => one.namespaceURI === BPMN && one.localName === name);
}

function processOf(pool: Element): Element | null {
  const wanted = pool.getAttribute("processRef")?.replace(/^.*:/, "");
  const all = [...pool.ownerDocument.getElementsByTagNameNS(BPMN, "process")];
  return all.find((process) => idOf(process) === wanted) ?? null;
}

function wayOf(flow: Element): Way {
  return {
    id: idOf(flow),
    from: flow.getAttribute("sourceRef") ?? "",
    to: flow.getAttribute("targetRef") ?? "",
  };
}

function kindOf(element: Element): Kind | null {
  const name = element.localName;
  if (element.namespaceURI !== BPMN) return null;
  if (/^(sub|adHocSub)Process$|^transaction$/.test(name)) return "inner";
  if (name.endsWith("Event")) return "event";
  if (name.endsWith("Gateway")) return "gateway";
  return /task$/i.test(name) || name === "callActivity" ? "task" : null;
}

function markOf(element: Element): Record<string, string> {
  return element.localName === "exclusiveGateway" ? { isMarkerVisible: "true" } : {};
}
