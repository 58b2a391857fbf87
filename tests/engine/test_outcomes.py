"""The outcome of a step for a person, and the flows that it takes."""

import pytest

from stepwell.engine import commands as c
from stepwell.forms.outcome import Outcome
from tests.engine.drawing import element, end, extended, gateway, process, start, times, user
from tests.engine.world import World, conditional, flows

YES_NO = (
    '<stepwell:question required="true" {}><stepwell:answer code="yes"/><stepwell:answer code="no"/>'
    '<stepwell:answer code="maybe"/></stepwell:question>'
)
ONE, SEVERAL = YES_NO.format(""), YES_NO.format('multiple="true"')


def listed(source: str, target: str, codes: str, of: str = "", condition: str = "") -> str:
    """A flow with a list of results."""
    step = f'of="{of}" ' if of else ""
    asked = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
    )
    inside = extended(f'<stepwell:results {step}codes="{codes}"/>') + (asked if condition else "")
    return element("sequenceFlow", f"{source}_{target}", inside, sourceRef=source, targetRef=target)


def answered(world: World, value: str | list[str] | None, **values: object) -> None:
    """The step ``ask`` is completed with this outcome."""
    key = next(task.key for task in world.tasks() if task.element == "ask")
    world.do(c.CompleteUserTask(key, values, outcome=Outcome(value, {"comment": "well"})))


def asked(question: str, behind: str, **attributes: object) -> World:
    """A process whose step ``ask`` waits; what stands behind it ends at ``a``, ``b`` and ``d``."""
    ends = "".join(end(name) for name in "abd" if f'targetRef="{name}"' in behind)
    world = World.of(process(start() + user("ask", question, **attributes) + ends + flows("s ask") + behind))
    world.start(amount=200)
    return world


EXCLUSIVE = gateway("exclusive", "g", default="g_d") + flows("ask g", "g d")
INCLUSIVE = gateway("inclusive", "g", default="g_d") + flows("ask g", "g d")


@pytest.mark.parametrize(("answer", "path"), [("yes", "a"), ("maybe", "a"), ("no", "b")])
def test_at_an_exclusive_gateway_the_flow_whose_list_holds_the_outcome_is_taken(
    answer: str, path: str
) -> None:
    world = asked(ONE, EXCLUSIVE + listed("g", "a", "yes, maybe", "ask") + listed("g", "b", "no", "ask"))
    answered(world, answer)
    assert world.path() == ["s", "ask", "g", path]


def test_a_list_goes_before_a_condition_that_stands_before_it() -> None:
    world = asked(ONE, EXCLUSIVE + conditional("g", "a", "amount &gt; 100") + listed("g", "b", "yes"))
    answered(world, "yes")
    assert world.path()[-1] == "b"


def test_without_a_list_that_holds_it_the_first_true_condition_is_taken() -> None:
    world = asked(ONE, EXCLUSIVE + listed("g", "a", "yes") + conditional("g", "b", "amount &gt; 100"))
    answered(world, "no")
    assert world.path()[-1] == "b"


def test_without_both_the_default_is_taken() -> None:
    world = asked(ONE, EXCLUSIVE + listed("g", "a", "yes") + conditional("g", "b", "amount &gt; 900"))
    answered(world, "no")
    assert world.path()[-1] == "d"


def test_a_condition_is_not_asked_when_a_list_holds_the_outcome() -> None:
    world = asked(ONE, EXCLUSIVE + conditional("g", "a", "missing &gt; 1") + listed("g", "b", "yes"))
    answered(world, "yes")
    assert not world.incidents()


@pytest.mark.parametrize(
    ("answers", "paths"), [(["yes"], {"a"}), (["yes", "no"], {"a", "b"}), (["maybe"], {"d"}), ([], {"d"})]
)
def test_at_an_inclusive_gateway_every_flow_is_taken_whose_list_holds_an_answer(
    answers: list[str], paths: set[str]
) -> None:
    world = asked(SEVERAL, INCLUSIVE + listed("g", "a", "yes") + listed("g", "b", "no"))
    answered(world, answers)
    assert set(world.path()[3:]) == paths


def test_at_an_inclusive_gateway_lists_and_conditions_are_taken_side_by_side() -> None:
    world = asked(SEVERAL, INCLUSIVE + listed("g", "a", "yes") + conditional("g", "b", "amount &gt; 100"))
    answered(world, ["yes"])
    assert set(world.path()[3:]) == {"a", "b"}


def test_a_flow_with_a_list_and_a_condition_is_taken_for_either() -> None:
    world = asked(SEVERAL, INCLUSIVE + listed("g", "a", "yes", condition="amount &gt; 100"))
    answered(world, ["no"])
    assert world.path()[3:] == ["a"]


def test_directly_behind_the_step_every_fitting_flow_is_taken_and_the_free_ones_always() -> None:
    behind = listed("ask", "a", "yes") + listed("ask", "b", "no, maybe") + flows("ask d")
    world = asked(ONE, behind)
    answered(world, "maybe")
    assert set(world.path()[2:]) == {"b", "d"}


def test_directly_behind_the_step_the_default_is_taken_when_no_list_fits() -> None:
    world = asked(ONE, listed("ask", "a", "yes") + flows("ask d"), default="ask_d")
    answered(world, "no")
    assert world.path()[2:] == ["d"]


def test_when_nothing_fits_the_step_waits_for_repair() -> None:
    behind = (
        gateway("exclusive", "g") + flows("ask g") + listed("g", "a", "yes") + listed("g", "b", "no, maybe")
    )
    world = asked(ONE, behind)
    answered(world, "never")
    (incident,) = world.incidents()
    assert (incident.element, incident.code) == ("g", "flow.no-match")
    assert incident.message.startswith("Expected a flow behind g for the outcome of ask (never), ")


def test_a_repaired_outcome_is_taken_when_the_incident_is_retried() -> None:
    behind = (
        gateway("exclusive", "g") + flows("ask g") + listed("g", "a", "yes") + listed("g", "b", "no, maybe")
    )
    world = asked(ONE, behind)
    answered(world, "never")
    world.do(c.SetVariables(0, {"ask": {"outcome": "no"}}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.path()[-1] == "b"


def test_the_outcome_stands_in_a_context_named_as_the_step_with_its_details() -> None:
    world = asked(ONE, EXCLUSIVE + conditional("g", "a", 'ask.outcome = "yes" and ask.comment = "well"'))
    answered(world, "yes", city="Rome")
    assert world.variable("ask") == {"outcome": "yes", "comment": "well"}
    assert world.variable("city") == "Rome"
    assert world.path()[-1] == "a"


def test_outputs_of_the_step_do_not_hide_the_outcome() -> None:
    out = '<stepwell:output name="said" value="= city"/>'
    world = World.of(
        process(
            start()
            + user("ask", ONE, out)
            + EXCLUSIVE
            + end("a")
            + end("d")
            + flows("s ask")
            + listed("g", "a", "yes")
        )
    )
    world.start()
    answered(world, "yes", city="Rome")
    assert (world.variable("said"), world.path()[-1]) == ("Rome", "a")


def test_a_step_that_is_completed_without_an_outcome_takes_the_default() -> None:
    world = asked(ONE, EXCLUSIVE + listed("g", "a", "yes"))
    world.complete("ask", answer="yes")
    assert world.path()[-1] == "d"
    assert world.variable("ask") is None


def test_asked_again_the_new_outcome_counts() -> None:
    behind = gateway("exclusive", "g") + listed("g", "before", "no, maybe") + listed("g", "a", "yes")
    xml = process(
        start()
        + gateway("exclusive", "before")
        + user("ask", ONE)
        + end("a")
        + flows("s before ask g")
        + behind
    )
    world = World.of(xml)
    world.start()
    answered(world, "no")
    answered(world, "yes")
    assert world.path()[-1] == "a"


def test_a_flow_names_the_step_it_is_about_when_several_lead_to_the_gateway() -> None:
    inner = (
        start() + user("ask", ONE) + user("other", ONE) + gateway("inclusive", "g", default="g_d")
        + end("a") + end("b") + end("d") + flows("s ask", "s other", "ask g", "other g", "g d")
    )  # fmt: skip
    world = World.of(process(inner + listed("g", "a", "yes", "ask") + listed("g", "b", "yes", "other")))
    world.start()
    answered(world, "no")
    world.do(c.CompleteUserTask(world.tasks()[0].key, {}, outcome=Outcome("yes")))
    assert world.path()[-1] == "b"


def test_each_round_of_a_multi_instance_keeps_its_own_outcome() -> None:
    out = '<stepwell:output name="said" value="= ask.outcome"/>'
    world = World.of(process(start() + user("ask", ONE, out, inner=times("2")) + end("a") + flows("s ask a")))
    world.start()
    for answer in ("yes", "no"):
        key = world.tasks()[0].key
        world.do(c.CompleteUserTask(key, {}, outcome=Outcome(answer)))
    assert (world.status(), world.variable("ask")) == ("completed", None)
