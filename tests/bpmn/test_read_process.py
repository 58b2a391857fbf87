"""Processes with their settings and parameters, and global tasks."""

import pytest

from stepwell import bpmn, feel
from stepwell.engine.definition import Parameter, ProcessDefinition, Text
from tests.bpmn.build import file, flow, line, process
from tests.bpmn.reading import definition, refusals, warnings

STEPS = '<startEvent id="s"/><endEvent id="e"/>' + flow("f", "s", "e")
CALL = line('<callActivity id="a" calledElement="g"/>')


def with_extensions(extensions: str) -> str:
    return process(f"<extensionElements>{extensions}</extensionElements>{STEPS}", 'name="Trip"')


def settings(attributes: str) -> ProcessDefinition:
    return definition(with_extensions(f"<stepwell:process {attributes}/>"))


def test_a_process_has_id_and_name() -> None:
    found = definition(with_extensions(""))
    assert (found.id, found.name) == ("p", "Trip")


def test_a_process_says_what_it_is_for() -> None:
    found = definition(process(f"<documentation> Sends cards. </documentation>{STEPS}"))
    assert found.documentation == "Sends cards."


def test_the_caption_is_read() -> None:
    caption = settings('caption="Trip to {city}"').caption
    assert caption is not None
    assert caption.evaluate({"city": "Rome"}.get) == "Trip to Rome"


def test_a_process_without_caption_has_none() -> None:
    assert settings("").caption is None


def test_a_caption_that_uses_what_no_parameter_gives_is_worth_a_warning() -> None:
    content = with_extensions(
        '<stepwell:process caption="Trip to {town} for {price}"/><stepwell:parameter name="city"/>'
        '<stepwell:parameter name="price" direction="out"/>'
    )
    assert warnings(content) == [("caption.name", "p"), ("caption.name", "p")]


def test_a_caption_may_use_any_name_where_no_parameter_is_declared() -> None:
    assert warnings(with_extensions('<stepwell:process caption="Trip to {town}"/>')) == []


def test_a_caption_with_a_brace_too_many_is_a_problem() -> None:
    content = with_extensions('<stepwell:process caption="Trip to {city"/>')
    assert refusals(content) == [("expression.syntax", "p")]


def test_roles_are_a_list() -> None:
    found = settings('runBy="office, sales" seenBy="office"')
    assert (found.run_by, found.seen_by) == (("office", "sales"), ("office",))


def test_the_rights_are_those_of_the_system_if_not_said() -> None:
    assert settings("").rights == "system"


def test_the_rights_may_be_those_of_the_starter() -> None:
    assert settings('rights="starter"').rights == "starter"


def test_the_limit_of_repetitions_is_read() -> None:
    assert settings('maxRepetitions="50"').max_repetitions == 50


def test_a_parameter_is_read() -> None:
    written = '<stepwell:parameter name="city" type="text" direction="both" required="true" label="Where"/>'
    expected = Parameter("city", "text", "both", required=True, default=None, label="Where")
    assert definition(with_extensions(written)).parameters == (expected,)


def test_a_parameter_needs_only_a_name() -> None:
    found = definition(with_extensions('<stepwell:parameter name="city"/>')).parameters
    assert found == (Parameter("city", "any", "in"),)


def test_a_parameter_may_have_a_default() -> None:
    (found,) = definition(with_extensions('<stepwell:parameter name="city" default="Rome"/>')).parameters
    assert found.default == Text("Rome")


@pytest.mark.parametrize("type", feel.DECLARED_TYPES)
def test_a_parameter_may_be_of_every_type(type: str) -> None:
    (found,) = definition(with_extensions(f'<stepwell:parameter name="x" type="{type}"/>')).parameters
    assert found.type == type


@pytest.mark.parametrize(("type", "meant"), [
    ("nubmer", "number"), ("Text", "text"), ("string", "text"), ("datetime", "date-time"), ("object", "context"),
    ("decimal", "number"), ("array", "list"),
])  # fmt: skip
def test_an_unknown_type_is_a_problem_that_names_the_nearest(type: str, meant: str) -> None:
    written = with_extensions(f'<stepwell:parameter name="x" type="{type}"/>')
    (problem,) = bpmn.read(file(written)).problems
    assert (problem.rule, problem.element) == ("extension.value", "p")
    assert f"but it is {type!r} (did you mean {meant}?)" in problem.message


def test_a_constant_default_of_another_type_is_a_problem() -> None:
    written = with_extensions('<stepwell:parameter name="days" type="number" default="5"/>')
    (problem,) = bpmn.read(file(written)).problems
    assert (problem.rule, problem.element) == ("parameter.default", "p")
    assert "to be a number but it is the text '5'" in problem.message


def test_a_constant_default_may_write_a_date() -> None:
    written = with_extensions('<stepwell:parameter name="day" type="date" default="2030-01-31"/>')
    assert refusals(written) == []


def test_a_parameter_without_name_is_a_problem() -> None:
    assert refusals(with_extensions("<stepwell:parameter/>")) == [("parameter.name-missing", "p")]


def test_a_parameter_that_is_there_twice_is_a_problem() -> None:
    twice = '<stepwell:parameter name="x"/>' * 2
    assert refusals(with_extensions(twice)) == [("parameter.doubled", "p")]


def test_a_global_task_is_a_process_of_one_step() -> None:
    found = bpmn.read(file(f'<globalUserTask id="g" name="Ask"/>{CALL}')).definitions[1]
    assert (found.id, found.name, found.executable) == ("g", "Ask", True)
    assert [(one.id, one.tag) for one in found.start] == [("g", "userTask")]


def test_a_global_script_task_has_its_script() -> None:
    task = '<globalScriptTask id="g" scriptFormat="feel"><script>{x: 1}</script></globalScriptTask>'
    assert [one.id for one in bpmn.read(file(task + CALL)).definitions] == ["p", "g"]


def test_a_global_task_that_can_not_run_is_refused() -> None:
    assert refusals(f'<globalBusinessRuleTask id="g"/>{CALL}') == [("element.not-executable", "g")]


# -- where it is offered ----------------------------------------------------------------------------------

WHO = '<stepwell:parameter name="who"/><stepwell:parameter name="out" direction="out"/>'


def test_a_process_is_offered_on_records() -> None:
    offers = (
        f'{WHO}<stepwell:runFrom recordType="contact" parameter="who"/>'
        '<stepwell:runFrom recordType="account" parameter="who"/>'
    )
    found = definition(with_extensions(offers)).run_from
    assert [(offer.record_type, offer.parameter) for offer in found] == [
        ("contact", "who"),
        ("account", "who"),
    ]


@pytest.mark.parametrize(("offers", "rule"), [
    ('<stepwell:runFrom recordType="contact" parameter="whom"/>', "run-from.parameter"),
    ('<stepwell:runFrom recordType="contact" parameter="out"/>', "run-from.parameter"),
    ('<stepwell:runFrom recordType="contact" parameter="who"/>' * 2, "run-from.doubled"),
])  # fmt: skip
def test_an_offer_that_leads_nowhere_is_refused(offers: str, rule: str) -> None:
    assert refusals(with_extensions(WHO + offers)) == [(rule, "p")]
