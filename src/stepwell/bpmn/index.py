"""One pass over a parsed file: who is where, by id and by name, and what the flows connect.

Everything that looks at a model (the rules, the reader) asks here, so that references are resolved once
and the cost stays linear in the size of the file.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml.etree import _Element as Element

from stepwell.bpmn.grammar import EVENTS, FLOW_NODES
from stepwell.bpmn.xml import MODEL

BPMN = f"{{{MODEL}}}"
_START = len(BPMN)


def tag(element: Element) -> str:
    """The name of a BPMN element without its namespace."""
    return element.tag[_START:] if element.tag.startswith(BPMN) else element.tag


def kind(definition: Element) -> str:
    """``message`` for a messageEventDefinition, and so on."""
    return tag(definition).removesuffix("EventDefinition")


def text(element: Element | None) -> str:
    """What is written inside, before and behind elements of others, without the white space around it."""
    return "".join(piece for _, piece in pieces(element)).strip() if element is not None else ""


def pieces(element: Element) -> list[tuple[Element, str]]:
    """The texts inside that are more than white space, before, between and behind the elements that are there too;
    each with the element behind the mark of which it begins.
    """
    found = [(element, element.text), *((inner, inner.tail) for inner in element)]
    return [(mark, text) for mark, text in found if text and text.strip()]


def line_of(element: Element) -> int:
    """The line of the file where the element begins; 0 if it was not read from one."""
    return cast("int | None", element.sourceline) or 0


def attribute_names(element: Element) -> list[str]:
    """The names of its attributes, those of another namespace in braces (``{namespace}name``)."""
    return cast("list[str]", element.keys())


def flag(element: Element, name: str, *, default: bool = False) -> bool:
    """An attribute of type xsd:boolean."""
    value = element.get(name)
    return default if value is None else value.strip() in ("true", "1")


def children(element: Element, *names: str) -> list[Element]:
    """The direct BPMN children with one of these names, in document order."""
    wanted = {BPMN + name for name in names}
    return [child for child in element if child.tag in wanted]


def child(element: Element, name: str) -> Element | None:
    """The first direct BPMN child with this name."""
    return element.find(BPMN + name)


def say(element: Element) -> str:
    """An element as messages name it: ``userTask 'Approve'``, or its line when it has no id."""
    known = element.get("id")
    return f"{tag(element)} {known!r}" if known else f"{tag(element)} in line {line_of(element)}"


@dataclass(frozen=True, slots=True)
class Index:
    """A parsed file with its references resolved.

    ``by_id`` holds the first element with an id and ``doubles`` the others; ``by_tag`` all BPMN elements
    outside of extensions and diagrams by name, in document order. ``source`` and ``target`` give the
    flow node at either end of a sequence flow (missing if it is not one), ``incoming`` and ``outgoing``
    the sequence flows of a flow node, whether or not the node lists them. ``spaces`` are the prefixes that
    the root declares; references with prefixes declared further inside are not resolved.
    """

    root: Element
    by_id: dict[str, Element] = field(default_factory=dict)
    by_tag: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    doubles: list[Element] = field(default_factory=list)
    source: dict[Element, Element] = field(default_factory=dict)
    target: dict[Element, Element] = field(default_factory=dict)
    incoming: dict[Element, list[Element]] = field(default_factory=lambda: defaultdict(list))
    outgoing: dict[Element, list[Element]] = field(default_factory=lambda: defaultdict(list))
    attached: dict[Element, list[Element]] = field(default_factory=lambda: defaultdict(list))
    defined: dict[Element, list[Element]] = field(default_factory=dict)
    kinds_of: dict[Element, frozenset[str]] = field(default_factory=dict)
    spaces: dict[str | None, str] = field(default_factory=dict)
    imported: frozenset[str] = frozenset()
    runnable: frozenset[Element] = frozenset()

    def each(self, *names: str) -> Iterator[Element]:
        """All BPMN elements with one of these names; in document order for each name."""
        for name in names:
            yield from self.by_tag.get(name, ())

    def find(self, reference: str) -> Element | None:
        """The element with this id, which may carry a prefix (xsd:QName)."""
        reference = reference.strip()
        found = self.by_id.get(reference)
        if found is not None or ":" not in reference:
            return found
        prefix, _, name = reference.partition(":")
        here = self.spaces.get(prefix) == self.root.get("targetNamespace", "")
        return self.by_id.get(name) if here else None

    def is_imported(self, reference: str) -> bool:
        """Whether the reference points into another file that this one imports."""
        prefix, colon, _ = reference.strip().partition(":")
        return bool(colon) and self.spaces.get(prefix) in self.imported

    def referred(self, user: Element, name: str) -> Element | None:
        """What the attribute, or else the first child element, ``name`` of ``user`` refers to."""
        reference = user.get(name) or text(child(user, name))
        return self.find(reference) if reference else None

    def definitions(self, event: Element) -> list[Element]:
        """The event definitions of an event: those inside it and those it refers to."""
        return self.defined.get(event, [])

    def kinds(self, event: Element) -> frozenset[str]:
        """What the event waits for or gives: ``message`` for a messageEventDefinition, and so on."""
        return self.kinds_of.get(event, frozenset())

    def process(self, element: Element) -> Element | None:
        """The process around the element, or the element itself."""
        found: Element | None = element
        while found is not None and found.tag != BPMN + "process":
            found = found.getparent()
        return found

    def runs(self, element: Element) -> bool:
        """Whether the element belongs to a process marked ``isExecutable``."""
        return self.process(element) in self.runnable


def build(root: Element) -> Index:
    """The index of a parsed file; needs ``root`` as ``stepwell.bpmn.xml.parse`` gives it."""
    imported = frozenset(i.get("namespace", "") for i in root.iterfind(BPMN + "import"))
    runnable = frozenset(p for p in root.iterfind(BPMN + "process") if flag(p, "isExecutable"))
    index = Index(root, spaces=dict(root.nsmap), imported=imported, runnable=runnable)
    for element in _bpmn_elements(root):
        index.by_tag[tag(element)].append(element)
        known = element.get("id")
        if known and index.by_id.setdefault(known, element) is not element:
            index.doubles.append(element)
    _connect(index)
    _define(index)
    return index


def _bpmn_elements(root: Element) -> Iterator[Element]:
    """In document order, without what stands in extensions and in diagrams."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        if element.tag != BPMN + "extensionElements":
            waiting.extend(child for child in reversed(element) if child.tag.startswith(BPMN))


def _connect(index: Index) -> None:
    for flow in index.each("sequenceFlow"):
        source, target = (index.referred(flow, end) for end in ("sourceRef", "targetRef"))
        if source is not None and tag(source) in FLOW_NODES:
            index.source[flow] = source
            index.outgoing[source].append(flow)
        if target is not None and tag(target) in FLOW_NODES:
            index.target[flow] = target
            index.incoming[target].append(flow)
    for event in index.each("boundaryEvent"):
        host = index.referred(event, "attachedToRef")
        if host is not None:
            index.attached[host].append(event)


def _define(index: Index) -> None:
    for event in index.each(*EVENTS):
        found = [inner for inner in event if inner.tag.endswith("EventDefinition")]
        referred = (index.find(text(line)) for line in children(event, "eventDefinitionRef"))
        found += [definition for definition in referred if definition is not None]
        index.defined[event] = found
        index.kinds_of[event] = frozenset(kind(definition) for definition in found)
