"""The examples do not only deploy: started, each comes to its end or waits where it should."""

import pytest

from stepwell import bpmn
from stepwell.engine.surroundings import Assignment, RecordPlace
from tests.engine.people import Company
from tests.engine.world import World

KINDS = bpmn.example_kinds()
GIVEN: dict[str, object] = {
    "account": "7",
    "amount": 120,
    "country": "FR",
    "destination": "Rome",
    "number": "R1",
    "guests": ["ann", "bert"],
    "order_number": "o1",
    "buyer": "ann",
    "order_id": 7,
}


class EveryRecord(Company):
    """A company in which every record is there."""

    def barred(self, assignment: Assignment, place: RecordPlace) -> str:
        return ""


def started(kind: str) -> World:
    """The example after its start, with what it asks for."""
    data = bpmn.example(kind).encode()
    definition = bpmn.read(data).definitions[0]
    world = World.of(data)
    world.settings.surroundings = EveryRecord()
    wanted = {parameter.name for parameter in definition.parameters}
    world.start(definition.id, None, **{name: value for name, value in GIVEN.items() if name in wanted})
    return world


def starts_by_itself(kind: str) -> bool:
    return bool(bpmn.start_triggers(bpmn.read(bpmn.example(kind).encode()).definitions[0]))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not starts_by_itself(kind)])
def test_a_started_example_completes_or_waits_without_incident(kind: str) -> None:
    world = started(kind)
    assert world.status() == "completed" or world.waiting()
    assert not any(state.incidents for state in world.states.values())


def test_the_examples_of_triggers_are_those_that_start_by_themselves() -> None:
    found = {kind for kind in KINDS if starts_by_itself(kind)}
    assert found == {
        "recordSignal",
        "schedule",
        "startEvent-message",
        "startEvent-signal",
        "startEvent-timer",
    }


def test_the_example_of_a_call_takes_over_the_result() -> None:
    assert started("callActivity").variable("is_known") is True


def test_the_example_of_a_loop_ends_after_its_rounds() -> None:
    assert started("standardLoop").variable("tries") == 3


def test_the_example_of_an_error_goes_on_behind_the_boundary_event() -> None:
    assert started("boundaryEvent-error").waiting() == ["call"]


def test_the_example_of_collected_outputs_ends_with_their_list() -> None:
    world = started("multiInstance-sequential")
    world.complete("ask", answer="yes")
    world.complete("ask", answer="no")
    assert world.variable("answers") == ["yes", "no"]
