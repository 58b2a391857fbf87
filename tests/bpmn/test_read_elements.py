"""Steps with their fields, what is attached to them, and what they contain."""

import pytest

from stepwell import bpmn
from stepwell.engine.definition import Text
from stepwell.engine.steps.boundary_event import BoundaryEvent
from stepwell.engine.steps.call_activity import CallActivity
from stepwell.engine.steps.script_task import ScriptTask
from stepwell.engine.steps.service_task import ServiceTask
from stepwell.engine.steps.start_event import StartEvent
from stepwell.engine.steps.user_task import UserTask
from tests.bpmn.build import file, flow, line, process
from tests.bpmn.reading import definition, element, evaluated, extended, refusals, step

INNER = (
    '<startEvent id="i"/><userTask id="b"/><endEvent id="j"/>' + flow("g1", "i", "b") + flow("g2", "b", "j")
)
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"


def service(attributes: str) -> ServiceTask:
    found = step(extended("serviceTask", f"<stepwell:task {attributes}/>")).step
    assert isinstance(found, ServiceTask)
    return found


def user(attributes: str) -> UserTask:
    found = step(extended("userTask", f"<stepwell:assignment {attributes}/>")).step
    assert isinstance(found, UserTask)
    return found


def test_a_field_of_an_extension_is_read() -> None:
    assert service('type="http.request"').type == "http.request"


def test_a_field_that_is_not_written_has_its_default() -> None:
    assert service('type="x"') == ServiceTask(type="x", retries=3, timeout="PT60S", backoff="PT10S")


def test_a_whole_number_is_read_as_one() -> None:
    assert service('type="x" retries="7"').retries == 7


def test_a_duration_is_kept_as_it_is_written() -> None:
    assert service('type="x" timeout=" PT5M "').timeout == "PT5M"


@pytest.mark.parametrize(
    "attributes", ['retries="many"', 'retries="-1"', 'retries="= 3"', 'timeout="soon"', 'backoff="P"']
)
def test_a_value_that_does_not_fit_is_a_problem(attributes: str) -> None:
    written = extended("serviceTask", f'<stepwell:task type="x" {attributes}/>')
    assert refusals(line(written)) == [("extension.value", "a")]


def test_a_boolean_that_does_not_fit_is_a_problem() -> None:
    event = f'<boundaryEvent id="b" attachedToRef="a" cancelActivity="perhaps">{TIMER}</boundaryEvent>'
    assert refusals(line('<userTask id="a"/>', event + flow("f3", "b", "e"))) == [("attribute.value", "b")]


def test_a_value_without_equals_sign_is_a_constant() -> None:
    assert user('user="ann"').user == Text("ann")


def test_a_value_behind_an_equals_sign_is_feel() -> None:
    found = user('user="= boss"').user
    assert found is not None
    assert evaluated(found.expression, boss="bert") == "bert"


def test_a_value_that_is_no_feel_is_a_problem_that_tells_the_column() -> None:
    written = extended("userTask", '<stepwell:assignment user="= 1 +"/>')
    problem = bpmn.read(file(line(written))).problems[0]
    assert (problem.rule, problem.element) == ("expression.syntax", "a")
    assert "but it is wrong in column 4. Expected" in problem.message


def test_a_script_is_feel() -> None:
    found = step('<scriptTask id="a" scriptFormat="feel"><script> {x: 1 + y} </script></scriptTask>').step
    assert isinstance(found, ScriptTask)
    assert evaluated(found.script, y=1) == {"x": 2}


def test_a_fault_in_a_script_has_its_place_in_the_file() -> None:
    script = "<script>\n\n  {x: 1,\n   y: +}</script>"
    written = line(f'<scriptTask id="a" scriptFormat="feel">{script}</scriptTask>')
    problem = next(p for p in bpmn.read(file(written)).problems if not p.warning)
    assert (problem.rule, problem.line, problem.column) == ("expression.syntax", 4, 7)


def test_a_script_in_another_language_is_refused_once() -> None:
    written = '<scriptTask id="a" scriptFormat="javascript"><script>let x = 1;</script></scriptTask>'
    assert refusals(line(written)) == [("language.script-not-feel", "a")]


def test_a_comparison_of_another_language_gets_a_hint() -> None:
    written = '<scriptTask id="a" scriptFormat="feel"><script>x == 1</script></scriptTask>'
    assert "with =" in bpmn.read(file(line(written))).problems[0].hint


def test_what_a_step_misses_is_said_by_the_step() -> None:
    assert refusals(line('<serviceTask id="a"/>')) == [("task.no-type", "a")]


def test_the_called_process_loses_its_prefix() -> None:
    found = step('<callActivity id="a" calledElement="t:other"/>').step
    assert found == CallActivity(called=Text("other"))


def test_a_colon_that_is_no_prefix_stays() -> None:
    found = step('<callActivity id="a" calledElement="orders:new"/>').step
    assert found == CallActivity(called=Text("orders:new"))


def test_the_schedule_may_stand_on_the_timer() -> None:
    schedule = '<extensionElements><stepwell:schedule catchUp="all"/></extensionElements>'
    timer = f"<timerEventDefinition>{schedule}<timeCycle>R/PT1H</timeCycle></timerEventDefinition>"
    content = process(f'<startEvent id="s">{timer}</startEvent><endEvent id="e"/>' + flow("f", "s", "e"))
    found = element(content, "s").step
    assert isinstance(found, StartEvent)
    assert found.catch_up == "all"


def test_a_word_in_feel_where_only_few_words_are_known_is_a_problem() -> None:
    content = process(extended("startEvent", '<stepwell:schedule catchUp="= x"/>') + '<endEvent id="e"/>')
    assert ("extension.value", "a") in refusals(content + flow("f", "a", "e"))


def test_inputs_and_outputs_are_read_in_order() -> None:
    written = '<stepwell:input name="x" value="1"/><stepwell:input name="y" value="= x"/>'
    found = step(extended("userTask", written + '<stepwell:output name="z" value="= y"/>'))
    assert [mapping.name for mapping in found.inputs + found.outputs] == ["x", "y", "z"]


def test_an_input_without_name_is_a_problem() -> None:
    assert refusals(line(extended("userTask", '<stepwell:input value="1"/>'))) == [
        ("mapping.name-missing", "a")
    ]


def test_an_input_without_value_is_an_empty_text() -> None:
    assert step(extended("userTask", '<stepwell:input name="x"/>')).inputs[0].text == Text("")


def test_a_name_with_spaces_is_known_to_expressions() -> None:
    written = '<stepwell:input name="net price" value="= 2"/><stepwell:output name="x" value="= net price"/>'
    found = step(extended("userTask", written)).outputs[0].text
    assert evaluated(found.expression, **{"net price": 2}) == 2


def test_execution_settings_are_read() -> None:
    found = step(extended("userTask", '<stepwell:execution background="true" maxRepetitions="5"/>'))
    assert (found.background, found.max_repetitions) == (True, 5)


def test_without_execution_settings_nothing_is_decided() -> None:
    found = step('<userTask id="a"/>')
    assert (found.background, found.max_repetitions) == (None, None)


def test_a_limit_of_no_repetitions_is_a_problem() -> None:
    written = extended("userTask", '<stepwell:execution maxRepetitions="0"/>')
    assert refusals(line(written)) == [("extension.value", "a")]


def test_the_start_quantity_is_read() -> None:
    assert step('<task id="a" startQuantity="2"/>').start_quantity == 2


def test_a_boundary_event_and_its_activity_know_each_other() -> None:
    event = f'<boundaryEvent id="b" attachedToRef="a" cancelActivity="false">{TIMER}</boundaryEvent>'
    host = step('<userTask id="a"/>', event + flow("f3", "b", "e"))
    (found,) = host.boundary
    assert found.attached_to is host
    assert isinstance(found.step, BoundaryEvent)
    assert not found.step.interrupting


def test_the_elements_of_a_sub_process_know_what_is_around_them() -> None:
    found = definition(line(f'<subProcess id="a">{INNER}</subProcess>'))
    inner = [found.elements[name] for name in "ibj"]
    assert found.elements["a"].inner == inner
    assert {one.parent for one in inner} == {found.elements["a"]}


def test_sub_processes_nest() -> None:
    outer = f'<subProcess id="b">{INNER.replace(chr(34) + "b", chr(34) + "c")}</subProcess>'
    more = '<startEvent id="k"/><endEvent id="l"/>' + flow("h1", "k", "b") + flow("h2", "b", "l")
    found = definition(line(f'<subProcess id="a">{more}{outer}</subProcess>')).elements
    assert (found["c"].parent, found["b"].parent) == (found["b"], found["a"])


def test_a_sub_process_begins_at_its_own_start() -> None:
    found = step(f'<subProcess id="a">{INNER}</subProcess>')
    assert [start.id for start in found.starts] == ["i"]
