/** A diagram as a list, for those who do not see it. */
export interface OutlineItem {
  id: string;
  name: string;
  type: string;
}

const BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI";
const PARTS = /(Task|^task|Event|Gateway|^callActivity|^subProcess|^transaction|^adHocSubProcess)$/;

/** Everything that takes part in the flow, in the order in which it stands in the file. */
export function outlineOf(xml: string): OutlineItem[] {
  const file = new DOMParser().parseFromString(xml, "application/xml");
  return [...file.getElementsByTagNameNS(BPMN, "*")]
    .filter((one) => PARTS.test(one.localName))
    .map((one) => ({
      id: one.getAttribute("id") ?? "",
      name: one.getAttribute("name") ?? "",
      type: one.localName,
    }));
}

/** The elements that are seen of a file; without a drawing of its own, all are drawn. A flow to nowhere is not. */
export function drawnIn(xml: string): ReadonlySet<string> {
  const file = new DOMParser().parseFromString(xml, "application/xml");
  const elements = new Map(
    [...file.getElementsByTagNameNS(BPMN, "*")].map((one) => [one.getAttribute("id") ?? "", one]),
  );
  const shapes = [...file.getElementsByTagNameNS(BPMNDI, "BPMNShape")];
  const lines = [...file.getElementsByTagNameNS(BPMNDI, "BPMNEdge")];
  const own = [...shapes, ...lines].map((one) => one.getAttribute("bpmnElement") ?? "");
  const isWhole = (id: string): boolean =>
    ["sourceRef", "targetRef"].every((end) => elements.has(elements.get(id)?.getAttribute(end) ?? id));
  return new Set((shapes.length > 0 ? own : [...elements.keys()]).filter(isWhole));
}

/** How elements are called, by id; those without a name are left out. */
export function namesOf(xml: string): Map<string, string> {
  const named = outlineOf(xml).filter((one) => one.name !== "");
  return new Map(named.map((one) => [one.id, one.name]));
}
