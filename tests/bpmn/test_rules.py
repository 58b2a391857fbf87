"""Every rule finds the model that breaks it, and plain models break none."""

from pathlib import Path

import pytest

from conformance import betsy_constraints
from stepwell.bpmn import check, index, xml
from stepwell.bpmn.rules.registry import RULES, rule
from tests.bpmn import examples_content, examples_flow
from tests.bpmn.build import HEAD, codes, errors, flow, line, problems, process
from tests.bpmn.examples_flow import CAUGHT, SIGNAL, TASK, YES, boundary, two_ways

EXAMPLES = examples_flow.EXAMPLES | examples_content.EXAMPLES
IN_THE_HEAD = {"language.declared"}


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_a_model_that_breaks_the_rule_is_named_with_its_code(code: str) -> None:
    assert code in codes(EXAMPLES[code])


def test_every_rule_has_an_example() -> None:
    assert RULES.keys() == EXAMPLES.keys() | IN_THE_HEAD


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_every_message_says_what_was_expected_and_how_to_mend_it(code: str) -> None:
    found = [problem for problem in problems(EXAMPLES[code]) if problem.rule == code]
    assert all(p.message.startswith("Expected ") and p.message.endswith(".") and p.hint for p in found)


def test_a_rule_code_is_taken_once() -> None:
    with pytest.raises(ValueError, match="is taken"):
        rule("flow.none-in", "")(lambda _: iter(()))


def test_a_plain_process_written_by_hand_has_no_problem() -> None:
    assert problems(line('<userTask id="a" name="Look"/>')) == []


def test_a_choice_with_a_default_has_no_problem() -> None:
    ways = two_ways('<exclusiveGateway id="a" default="g1"/>', inside=YES)
    assert problems(ways) == []


def test_an_event_gateway_between_a_timer_and_a_signal_has_no_problem() -> None:
    caught = f'<intermediateCatchEvent id="b">{CAUGHT}</intermediateCatchEvent>'
    assert problems(two_ways('<eventBasedGateway id="a"/>', caught)) == []


def test_links_of_the_same_name_have_no_problem() -> None:
    there = '<intermediateThrowEvent id="a"><linkEventDefinition name="n"/></intermediateThrowEvent>'
    back = '<intermediateCatchEvent id="b"><linkEventDefinition name="n"/></intermediateCatchEvent>'
    flows = flow("f1", "s", "a") + flow("f2", "b", "e")
    assert problems(process(f'<startEvent id="s"/>{there}{back}<endEvent id="e"/>{flows}')) == []


def test_links_that_name_each_other_have_no_problem() -> None:
    there = '<linkEventDefinition id="x" name="one"><target>y</target></linkEventDefinition>'
    back = '<linkEventDefinition id="y" name="two"><source>x</source></linkEventDefinition>'
    events = (
        f'<intermediateThrowEvent id="a">{there}</intermediateThrowEvent>'
        f'<intermediateCatchEvent id="b">{back}</intermediateCatchEvent>'
    )
    flows = flow("f1", "s", "a") + flow("f2", "b", "e")
    assert problems(process(f'<startEvent id="s"/>{events}<endEvent id="e"/>{flows}')) == []


def test_a_compensation_with_its_handler_has_no_problem() -> None:
    event = '<boundaryEvent id="b" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
    handler = '<task id="u" isForCompensation="true"/><association id="t" sourceRef="b" targetRef="u"/>'
    assert problems(line(TASK, event + handler)) == []


def test_an_event_sub_process_needs_no_flow() -> None:
    assert problems(examples_flow.event_sub_process(examples_flow.STARTED)) == []


def test_steps_in_an_ad_hoc_sub_process_need_no_flow() -> None:
    assert problems(line('<adHocSubProcess id="a"><task id="b"/><task id="c"/></adHocSubProcess>')) == []


def test_a_process_without_start_and_end_events_has_no_problem() -> None:
    assert problems(process('<task id="a"/><task id="b"/>' + flow("f", "a", "b"))) == []


def test_an_error_boundary_event_can_not_go_on_beside_the_step() -> None:
    assert "event.kind" in errors(boundary("<errorEventDefinition/>", 'cancelActivity="false"'))


def test_a_signal_boundary_event_can_go_on_beside_the_step() -> None:
    assert errors(boundary(CAUGHT, 'cancelActivity="false"')) == set()


def test_a_start_event_in_a_sub_process_waits_for_nothing() -> None:
    inner = f'<startEvent id="i">{CAUGHT}</startEvent><endEvent id="j"/>' + flow("f9", "i", "j")
    assert "event.kind" in errors(SIGNAL + line(f'<subProcess id="a">{inner}</subProcess>'))


def test_a_process_that_is_only_drawn_gives_warnings() -> None:
    drawn = EXAMPLES["flow.none-out"].replace('isExecutable="true"', 'isExecutable="false"')
    assert "flow.none-out" in codes(drawn) - errors(drawn)


def test_a_problem_carries_the_id_of_the_element_in_the_diagram() -> None:
    found = problems(EXAMPLES["timer.malformed"])
    assert [problem.element for problem in found] == ["a"]


def test_a_problem_carries_its_line() -> None:
    root = xml.parse(f"{HEAD}\n\n{process('<task/>')}</definitions>".encode())
    assert {p.line for p in check.problems(index.build(root))} == {3}


def test_a_misspelt_element_names_the_nearest() -> None:
    assert "(did you mean userTask?)" in problems(EXAMPLES["element.unknown"])[0].message


def test_one_rule_tells_at_most_a_hundred_problems() -> None:
    many = process("".join(f'<strange{n} id="x{n}"/>' for n in range(150)))
    assert sum(problem.rule == "element.unknown" for problem in problems(many)) == 100


def test_a_long_text_is_cut_in_the_message() -> None:
    long = problems(line(TASK, flow("f3", "a", "x" * 5000)))
    assert max(len(problem.message) for problem in long) == 400


def test_the_models_of_betsy_that_break_a_rule_are_refused(suites: Path) -> None:
    """Seven pass: no ``operationRef`` (EXT128) or no type of an expression (EXT012) is only warned about."""
    report = betsy_constraints.run(suites)
    assert [name.split("_")[0] for name in report.missed] == ["EXT012"] * 4 + ["EXT128"] * 3


def test_models_meant_valid_are_refused_only_where_they_break_the_standard(suites: Path) -> None:
    assert betsy_constraints.run(suites).false_alarms() == []
