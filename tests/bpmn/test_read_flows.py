"""Sequence flows: order, conditions, defaults."""

from tests.bpmn.build import flow, line, process
from tests.bpmn.reading import element, evaluated, refusals, step

TYPED = '<conditionExpression xsi:type="tFormalExpression">{}</conditionExpression>'
BIG = TYPED.format("amount &gt; 10")
SMALL = TYPED.format("= amount &lt;= 10")


def two_ways(gateway: str, first: str = BIG, second: str = SMALL) -> str:
    """A gateway ``a`` with the flows ``z`` and ``y``, in this order."""
    steps = f'<startEvent id="s"/>{gateway}<task id="b"/><task id="c"/><endEvent id="e"/>'
    flows = flow("f1", "s", "a") + flow("z", "a", "b", first) + flow("y", "a", "c", second)
    return process(steps + flows + flow("f4", "b", "e") + flow("f5", "c", "e"))


def test_flows_are_in_the_order_of_the_document() -> None:
    found = element(two_ways('<exclusiveGateway id="a"/>'))
    assert [one.id for one in found.outgoing] == ["z", "y"]


def test_a_flow_connects_its_ends() -> None:
    found = step('<task id="a"/>')
    assert [one.source.id for one in found.incoming] == ["s"]
    assert [one.target.id for one in found.outgoing] == ["e"]


def test_a_condition_is_feel() -> None:
    found = element(two_ways('<exclusiveGateway id="a"/>')).outgoing[0]
    assert evaluated(found.condition, amount=11) is True


def test_an_equals_sign_before_a_condition_is_dropped() -> None:
    found = element(two_ways('<exclusiveGateway id="a"/>')).outgoing[1]
    assert evaluated(found.condition, amount=10) is True


def test_a_condition_that_is_no_feel_is_a_problem_of_the_flow() -> None:
    assert refusals(two_ways('<exclusiveGateway id="a"/>', TYPED.format("amount >"))) == [
        ("expression.syntax", "z")
    ]


def test_the_default_flow_is_marked() -> None:
    found = element(two_ways('<exclusiveGateway id="a" default="y"/>', BIG, "")).outgoing
    assert [one.is_default for one in found] == [False, True]


def test_a_condition_on_the_default_flow_does_not_count() -> None:
    found = element(two_ways('<exclusiveGateway id="a" default="y"/>')).outgoing[1]
    assert found.condition is None


def test_a_condition_behind_a_task_counts() -> None:
    assert element(two_ways('<task id="a"/>')).outgoing[0].condition is not None


def test_a_condition_behind_a_parallel_gateway_does_not_count() -> None:
    assert element(two_ways('<parallelGateway id="a"/>')).outgoing[0].condition is None


def test_the_name_of_a_flow_is_kept() -> None:
    named = line('<task id="a"/>').replace('id="f2"', 'id="f2" name=" on "')
    assert element(named).outgoing[0].name == "on"
