"""Reading costs time in proportion to the file, also when somebody wrote it to keep the reader busy."""

from collections.abc import Callable
from math import isqrt

import pytest

from stepwell import bpmn
from tests.bpmn.build import file, flow, line, process
from tests.bpmn.reading import extended
from tests.effort import at_most


def chain(length: int) -> str:
    steps = "".join(f'<userTask id="t{n}"/>' for n in range(length))
    return process(steps + "".join(flow(f"f{n}", f"t{n}", f"t{n + 1}") for n in range(length - 1)))


def processes(count: int) -> str:
    return "".join(
        f'<process id="p{n}"><startEvent id="s{n}"/><complexGateway id="g{n}"/>{flow(f"f{n}", f"s{n}", f"g{n}")}</process>'
        for n in range(count)
    )


def names(count: int) -> str:
    inputs = (f'<stepwell:input name="net {n}" value="= net {n}"/>' for n in range(count))
    return line(extended("userTask", "".join(inputs)))


def attributes(count: int) -> str:
    written = " ".join(f'a{n}="1"' for n in range(count))
    return f'<process id="p" {written}/>'


def mesh(flows: int) -> str:
    """Inclusive gateways, each with a flow to every other one: so many flows."""
    count = isqrt(flows) + 1
    gateways = "".join(f'<inclusiveGateway id="g{n}"/>' for n in range(count))
    pairs = [(a, b) for a in range(count) for b in range(count) if a != b]
    return process(gateways + "".join(flow(f"f{a}_{b}", f"g{a}", f"g{b}") for a, b in pairs))


MODELS: dict[str, tuple[Callable[[int], str], int]] = {
    "a chain": (chain, 8_000),
    "processes": (processes, 5_000),
    "names": (names, 14_000),
    "attributes": (attributes, 80_000),
    "a mesh": (mesh, 14_000),
}


@pytest.mark.parametrize("name", MODELS)
def test_most_of_a_megabyte_is_read_in_a_few_seconds(name: str, nightly: bool) -> None:
    """A quarter of it, unless there is a whole night for it."""
    make, count = MODELS[name]
    share = 1 if nightly else 4
    data = file(make(count // share))
    assert len(data) > 700_000 / share
    with at_most(8 / share):
        bpmn.read(data)


def test_one_rule_tells_at_most_a_hundred_problems() -> None:
    found = [p for p in bpmn.read(file(processes(150))).problems if p.rule == "element.not-executable"]
    assert len(found) == 100
