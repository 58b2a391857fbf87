"""A check costs time in proportion to the file."""

from collections.abc import Callable

import pytest

from stepwell.bpmn import check, index, xml
from tests.bpmn.build import file, flow, process
from tests.effort import at_most


def chain(length: int) -> str:
    steps = "".join(f'<userTask id="t{n}" name="Task number {n}"/>' for n in range(length))
    flows = "".join(flow(f"f{n}", f"t{n}", f"t{n + 1}") for n in range(length - 1))
    return process(steps + flows)


def links(count: int) -> str:
    events = "".join(
        f'<intermediateThrowEvent id="a{n}"><linkEventDefinition name="n{n}"/></intermediateThrowEvent>'
        f'<intermediateCatchEvent id="b{n}"><linkEventDefinition name="n{n}"/></intermediateCatchEvent>'
        for n in range(count)
    )
    return process(events)


def strangers(count: int) -> str:
    return process("".join(f'<strange{n} id="x{n}"/>' for n in range(count)))


def gateways(count: int) -> str:
    return process("".join(f'<eventBasedGateway id="g{n}"/>' for n in range(count)))


def data_sets(count: int) -> str:
    ins = "".join(f'<inputSet id="i{n}"><outputSetRefs>o</outputSetRefs></inputSet>' for n in range(count))
    out = "".join(f"<inputSetRefs>i{n}</inputSetRefs>" for n in range(count))
    return process(f'<ioSpecification>{ins}<outputSet id="o">{out}</outputSet></ioSpecification>')


def message_flows(count: int) -> str:
    event = f'<startEvent id="s">{"<signalEventDefinition/>" * count}</startEvent>'
    flows = "".join(f'<messageFlow id="m{n}" sourceRef="q" targetRef="s"/>' for n in range(count))
    return f'<collaboration id="c"><participant id="q"/>{flows}</collaboration>' + process(event)


MODELS: dict[str, tuple[Callable[[int], str], int]] = {
    "a chain": (chain, 8_000),
    "links": (links, 6_000),
    "unknown names": (strangers, 35_000),
    "gateways": (gateways, 30_000),
    "sets": (data_sets, 10_000),
    "message flows": (message_flows, 13_000),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_megabyte_keeps_the_reader_busy_for_seconds_at_most(name: str, nightly: bool) -> None:
    """A quarter of it, unless there is a whole night for it."""
    make, count = MODELS[name]
    share = 1 if nightly else 4
    data = file(make(count // share))
    assert len(data) > 800_000 / share
    with at_most(10 / share):
        check.problems(index.build(xml.parse(data)))
