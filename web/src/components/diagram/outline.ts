/** A diagram as a list, for those who do not see it. */
export interface OutlineItem {
  id: string;
  name: string;
  type: string;
}

const BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
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

/** How elements are called, by id; those without a name are left out. */
export function namesOf(xml: string): Map<string, string> {
  const named = outlineOf(xml).filter((one) => one.name !== "");
  return new Map(named.map((one) => [one.id, one.name]));
}
