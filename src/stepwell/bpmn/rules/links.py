"""Link events: pairs that replace a long arrow inside one process level (BPMN 2.0, 10.5.5).

They find each other by ``source`` and ``target`` or, as most editors write them, by the same name.
"""

from collections import defaultdict
from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.index import Index, children, say, tag, text
from stepwell.bpmn.rules.registry import Findings, rule

Link = tuple[Element, Element]


@rule("link.with-flow", "Remove the sequence flow: the link itself is the connection.")
def links_have_a_flow_on_one_side_only(index: Index) -> Findings:
    for event, _ in _links(index, "intermediateThrowEvent"):
        for flow in index.outgoing.get(event, ()):
            yield event, f"Expected no flow out of the link {say(event)} but {say(flow)} begins there."
    for event, _ in _links(index, "intermediateCatchEvent"):
        for flow in index.incoming.get(event, ()):
            yield event, f"Expected no flow into the link {say(event)} but {say(flow)} leads there."


@rule("link.target-missing", "Add a catching link event with the same name on this level.")
def thrown_links_have_one_target(index: Index) -> Findings:
    thrown, pairs = _pairs(index)
    for event, link in thrown:
        count = sum(other.getparent() is event.getparent() for other, _ in pairs.get(link, ()))
        if count != 1:
            yield event, f"Expected one catching link for {say(event)} on its level but there are {count}."


@rule("link.source-missing", "Add a throwing link event with the same name on this level.")
def caught_links_have_a_source(index: Index) -> Findings:
    thrown, pairs = _pairs(index)
    reached = {
        caught
        for event, link in thrown
        for other, caught in pairs.get(link, ())
        if other.getparent() is event.getparent()
    }
    for event, link in _links(index, "intermediateCatchEvent"):
        if link not in reached:
            yield event, f"Expected a throwing link for {say(event)} on its level but there is none."


def _links(index: Index, name: str) -> Iterator[tuple[Element, Element]]:
    for definition in index.each("linkEventDefinition"):
        event = definition.getparent()
        if event is not None and tag(event) == name:
            yield event, definition


def _pairs(index: Index) -> tuple[list[Link], dict[Element, list[Link]]]:
    """All throwing links, and the catching ones that each leads to."""
    caught_by: dict[object, list[Link]] = defaultdict(list)
    for event, link in _links(index, "intermediateCatchEvent"):
        caught_by[link].append((event, link))
        if not children(link, "source"):
            caught_by[link.get("name") or None].append((event, link))
    thrown = list(_links(index, "intermediateThrowEvent"))
    return thrown, {link: list(_led_to(index, link, caught_by)) for _, link in thrown}


def _led_to(index: Index, thrown: Element, caught_by: dict[object, list[Link]]) -> Iterator[Link]:
    targets = [index.find(text(line)) for line in children(thrown, "target")]
    if not targets and thrown.get("name"):
        yield from caught_by.get(thrown.get("name"), ())
    for event, caught in (link for target in targets for link in caught_by.get(target, ())):
        sources = [index.find(text(line)) for line in children(caught, "source")]
        if not sources or thrown in sources:
            yield event, caught
