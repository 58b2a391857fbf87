"""The inclusive join against a literal reading of BPMN 2.0, 13.4.3, on random graphs without any structure.

The reading knows nothing of the engine's compiled sets: it follows paths of sequence flows from wherever
a token is, and says which gateways are enabled.
"""

from dataclasses import replace
from itertools import chain
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from stepwell import feel
from stepwell.engine import commands as c
from stepwell.engine import compile as compilation
from stepwell.engine import joins
from stepwell.engine.definition import Element, Flow, ProcessDefinition
from stepwell.engine.event_definition import ErrorDefinition
from stepwell.engine.rows import ElementInstance
from stepwell.engine.run import Run, Settings
from stepwell.engine.state import State
from stepwell.engine.steps import STEPS
from tests.engine.dice import Dice
from tests.engine.world import World


def leads_to(begin: Flow, gate: Element) -> set[str]:
    """The flows into ``gate`` that end a directed path which starts with ``begin`` and does not visit it."""
    reached: set[str] = set()
    seen: set[str] = set()
    paths = [begin]
    while paths:
        flow = paths.pop()
        if flow.id in seen:
            continue
        seen.add(flow.id)
        if flow.target is gate:
            reached.add(flow.id)
            continue
        paths += ways_out(flow.target)
    return reached


def ways_out(element: Element) -> list[Flow]:
    """The flows that a token in the element may take; those of its boundary events are among them."""
    return [*element.outgoing, *(flow for event in element.boundary for flow in event.outgoing)]


def token_places(definition: ProcessDefinition, state: State) -> list[list[Flow]]:
    """For each place of a token the flows with which its paths start: its own, or those out of its element."""
    places = []
    for row in state.elements.values():
        element = definition.elements[row.element]
        if row.state == "joining":
            places += [[flow] for flow in element.incoming if (row.key, flow.id) in state.flows]
        else:
            places.append(ways_out(element))
    return places


def is_enabled(definition: ProcessDefinition, state: State, gate: Element, key: int) -> bool:
    """A token on some flow, and each path of a token to an empty flow has its like to a flow with a token."""
    full = {flow for gateway, flow in state.flows if gateway == key}
    empty = {flow.id for flow in gate.incoming} - full
    for place in token_places(definition, state):
        reached = set(chain.from_iterable(leads_to(flow, gate) for flow in place))
        if reached & empty and not reached & full:
            return False
    return bool(full)


# -- random graphs -----------------------------------------------------------------------------------------


def random_graph(dice: Dice) -> ProcessDefinition:
    """Tasks and gateways with flows from anywhere to anywhere, cycles included; conditions ask for ``way``."""
    tags = ["serviceTask", "inclusiveGateway", "inclusiveGateway", "parallelGateway", "exclusiveGateway"]
    size = 4 + dice.number(8)
    elements = [place(0, "startEvent"), place(1, "serviceTask")]
    elements += [place(number, dice.pick(["serviceTask", *tags])) for number in range(2, size)]
    pairs = {(elements[dice.number(number)], element) for number, element in enumerate(elements) if number}
    pairs |= {(dice.pick(elements[1:]), dice.pick(elements[1:])) for _ in range(size)}
    for host in [element for element in elements if element.tag == "serviceTask"]:
        if dice.happens(20):
            event = guard(host)
            elements.append(event)
            pairs.add((event, dice.pick(elements[1:size])))
    for source in elements:
        targets = [target for begin, target in pairs if begin is source]
        for number, target in enumerate(sorted(targets, key=lambda element: element.id)):
            compilation.link(leading(source, target, number))
    found = {element.id: element for element in elements}
    return compilation.finish(ProcessDefinition("p", "", found, ()))


def place(number: int, tag: str) -> Element:
    step = STEPS[tag]()
    return Element(f"{tag[:2]}{number}", tag, replace(step, type="work") if tag == "serviceTask" else step)


def guard(host: Element) -> Element:
    """A boundary event that catches every error."""
    event = Element(f"b_{host.id}", "boundaryEvent", STEPS["boundaryEvent"](definitions=(ErrorDefinition(),)))
    event.attached_to = host
    host.boundary.append(event)
    return event


def leading(source: Element, target: Element, number: int) -> Flow:
    """A flow; behind a gateway that chooses, the first is the default and the others have conditions."""
    flow = Flow(f"{source.id}_{target.id}", source, target)
    if source.tag in ("exclusiveGateway", "inclusiveGateway"):
        flow.is_default = number == 0
        flow.condition = feel.compile(f"way >= {number}") if number else None
    return flow


def play(dice: Dice) -> int:
    """Run such a graph; every decision of the engine is held against the reading. Gives how many there were."""
    definition = random_graph(dice)
    world = World({"p": definition}, Settings(max_repetitions=6))
    decided = joins.is_ready
    count = 0

    def compared(run: Run, element: Element, row: ElementInstance) -> bool:
        nonlocal count
        count += 1
        answer = decided(run, element, row)
        assert answer == is_enabled(definition, run.state, element, row.key), (element.id, run.state.flows)
        return answer

    with patch.object(joins, "is_ready", compared):
        world.start(way=dice.number(4))
        for _ in range(25):
            if world.status() != "running" or not move(world, dice):
                break
            expect_quiet(definition, world.states[1])
    return count


def move(world: World, dice: Dice) -> bool:
    """Finish or fail one job; False if there is none, or too much is going on."""
    state = world.states[1]
    if not state.jobs or len(state.elements) > 40:
        return False
    job = dice.pick([*state.jobs.values()])
    if world.definitions["p"].elements[job.element].boundary and dice.happens(50):
        world.do(c.FailJob(job.key, "no", "E"))
    else:
        world.do(c.CompleteJob(job.key, {"way": dice.number(4)}))
    return True


def expect_quiet(definition: ProcessDefinition, state: State) -> None:
    """No gateway that the standard calls enabled is left waiting."""
    for row in state.elements.values():
        gate = definition.elements[row.element]
        if row.state == "joining" and gate.tag == "inclusiveGateway" and not row.waits:
            assert not is_enabled(definition, state, gate, row.key), f"{gate.id} is left waiting"


@given(st.integers(0, 2**32))
def test_every_decision_of_the_engine_is_that_of_the_standard(seed: int) -> None:
    play(Dice.seeded(seed))


def test_the_graphs_ask_for_decisions() -> None:
    assert sum(play(Dice.seeded(seed)) for seed in range(20)) > 100
