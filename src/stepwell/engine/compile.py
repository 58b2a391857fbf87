"""Working out, once per definition, what the core must know before it runs (BPMN 2.0, 13.2 to 13.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stepwell.engine.definition import Element, Flow, ProcessDefinition
from stepwell.engine.outcome import find_steps
from stepwell.errors import Problem

MEASURES = 2_000_000  # elements that may be looked at for all inclusive joins together


def link(flow: Flow) -> None:
    """Tell both ends of a flow about it."""
    flow.source.outgoing.append(flow)
    flow.target.incoming.append(flow)


def finish(definition: ProcessDefinition) -> ProcessDefinition:
    """Complete a definition whose elements and flows are linked."""
    elements = definition.elements.values()
    for element in elements:
        prepare(element)
    mark_cycles(elements)
    joins = [element for element in elements if element.step.joins == "inclusive" and element.gathers]
    if is_measurable(definition, joins):
        for join in joins:
            measure_join(join)
    top = [element for element in elements if element.parent is None]
    return replace(definition, start=starts(top), inclusive_joins=tuple(joins))


def check(definition: ProcessDefinition) -> list[Problem]:
    """What every step of the definition has to say against it."""
    joins = definition.inclusive_joins
    if not is_measurable(definition, joins):
        message = (
            f"Expected fewer inclusive joins in a process of this size, but {definition.id} has {len(joins)}."
        )
        return [Problem("process.too-many-joins", message, hint="Move parts of it into called processes.")]
    return [problem for element in definition.elements.values() for problem in element.step.check(element)]


def is_measurable(definition: ProcessDefinition, joins: Sequence[Element]) -> bool:
    """Whether working out the reach of the joins takes seconds at most, whatever the file."""
    return len(joins) * len(definition.elements) <= MEASURES


def prepare(element: Element) -> None:
    """The facts about one element that follow from its neighbours."""
    find_steps(element)
    element.plain = not (element.boundary or (element.inputs and not element.step.arguments))
    element.gathers = element.start_quantity > 1 or (
        element.step.joins is not None and len(element.incoming) > 1
    )
    if all(flow.is_free for flow in element.outgoing):
        element.exits = tuple(element.outgoing)
        element.exit_ids = tuple(flow.id for flow in element.outgoing)
    element.starts = starts(element.inner)


def starts(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Where a level begins: at its none start events, otherwise at everything without incoming flow."""
    elements = list(elements)
    events = [element for element in elements if element.tag == "startEvent"]
    if events:
        return tuple(event for event in events if not event.step.definitions)  # type: ignore[attr-defined]
    return tuple(
        element
        for element in elements
        if not element.incoming
        and element.attached_to is None
        and not getattr(element.step, "instantiate", False)
    )


def targets(element: Element) -> list[Element]:
    """Where a token in the element can go next, boundary events included."""
    found = [flow.target for flow in element.outgoing]
    return found + element.boundary


def mark_cycles(elements: Iterable[Element]) -> None:
    """Mark the entries of cycles: the targets of back flows of a depth-first search without recursion."""
    done: set[Element] = set()
    for root in sorted(elements, key=lambda element: bool(element.incoming or element.attached_to)):
        if root in done:
            continue
        path = {root}
        stack = [(root, iter(targets(root)))]
        while stack:
            element, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                path.discard(element)
                done.add(element)
                stack.pop()
            elif following in path:
                following.cycle_entry = True
            elif following not in done:
                path.add(following)
                stack.append((following, iter(targets(following))))


def measure_join(join: Element) -> None:
    """For each incoming flow: the elements from which it can be reached without passing the join."""
    for flow in join.incoming:
        reach = sources(flow, join)
        join.reach[flow.id] = frozenset(element.id for element in reach)
        for element in reach:
            element.counted = True


def sources(flow: Flow, join: Element) -> set[Element]:
    found: set[Element] = set()
    open_ends = [flow.source]
    while open_ends:
        element = open_ends.pop()
        if element is join or element in found:
            continue
        found.add(element)
        open_ends += [incoming.source for incoming in element.incoming]
        if element.attached_to is not None:
            open_ends.append(element.attached_to)
    return found
