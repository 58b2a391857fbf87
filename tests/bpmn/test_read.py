"""A file becomes definitions, or every problem at once, and never an exception."""

import pytest

from stepwell import bpmn
from tests.bpmn.build import HEAD, file, flow, line, process
from tests.bpmn.reading import definition, refusals, warnings

DRAWN = '<process id="drawn" isExecutable="false"><complexGateway id="g"/></process>'
STEPS = '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + flow("f", "s", "a") + flow("g", "a", "e")


def test_a_plain_process_is_read_without_any_problem() -> None:
    assert bpmn.read(file(line('<userTask id="a"/>'))).problems == ()


def test_the_elements_are_known_by_id_in_document_order() -> None:
    assert list(definition(line('<userTask id="a"/>')).elements) == ["s", "a", "e"]


def test_the_definition_is_compiled() -> None:
    assert [start.id for start in definition(line('<userTask id="a"/>')).start] == ["s"]


def test_an_element_knows_its_line() -> None:
    data = f"{HEAD}\n\n{process(STEPS)}</definitions>".encode()
    assert bpmn.read(data).definitions[0].elements["a"].line == 3


def test_name_and_documentation_are_kept() -> None:
    written = '<userTask id="a" name=" Look "><documentation> Well. </documentation></userTask>'
    found = definition(line(written)).elements["a"]
    assert (found.name, found.documentation) == ("Look", "Well.")


def test_what_is_no_xml_is_a_problem() -> None:
    assert [problem.rule for problem in bpmn.read(b"<broken").problems] == ["xml.malformed"]


def test_a_file_that_is_too_large_is_a_problem() -> None:
    assert [problem.rule for problem in bpmn.read(b" " * 11, max_bytes=10).problems] == ["xml.too-large"]


def test_one_error_leaves_no_definition() -> None:
    both = process(STEPS) + '<process id="q"><complexGateway id="x"/></process>'
    assert bpmn.read(file(both)).definitions == ()


def test_a_breach_of_the_standard_and_what_can_not_run_are_told_together() -> None:
    found = {rule for rule, _ in refusals(process(STEPS + '<adHocSubProcess id="x"/>'))}
    assert {"ad-hoc.empty", "element.not-executable"} <= found


def test_problems_come_in_the_order_of_lines() -> None:
    content = process(f"<complexGateway id='x'/>\n{STEPS}\n<complexGateway id='y'/>\n<userTask/>")
    lines = [problem.line for problem in bpmn.read(file(content)).problems]
    assert lines == sorted(lines)


def test_one_fault_is_told_once() -> None:
    timer = '<intermediateCatchEvent id="a"><timerEventDefinition/></intermediateCatchEvent>'
    assert refusals(line(timer)) == [("timer.missing", "a")]


def test_a_process_that_does_not_say_so_is_executable() -> None:
    assert definition(f'<process id="p">{STEPS}</process>').executable


def test_a_process_that_is_only_drawn_is_read_beside_one_that_runs() -> None:
    found = bpmn.read(file(process(STEPS) + DRAWN)).definitions
    assert [(one.id, one.executable) for one in found] == [("p", True), ("drawn", False)]


def test_a_process_that_is_only_drawn_gives_a_warning() -> None:
    assert ("process.not-executable", "drawn") in warnings(process(STEPS) + DRAWN)


def test_what_can_not_run_in_a_drawn_process_hurts_nobody() -> None:
    assert refusals(process(STEPS) + DRAWN) == []


def test_a_file_whose_processes_are_only_drawn_is_refused_with_a_hint() -> None:
    problem = next(p for p in bpmn.read(file(DRAWN)).problems if not p.warning)
    assert (problem.rule, problem.element) == ("process.none-executable", "drawn")
    assert 'isExecutable="true"' in problem.hint


def test_a_file_without_process_is_refused() -> None:
    assert refusals('<message id="m" name="n"/>') == [("process.none-executable", "")]


def test_data_lanes_and_notes_are_accepted() -> None:
    more = (
        '<property id="o"/><laneSet id="l"><lane id="m"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
        '<dataObject id="d"/><textAnnotation id="t"><text>Well.</text></textAnnotation>'
        '<association id="z" sourceRef="a" targetRef="t"/>'
    )
    assert bpmn.read(file(line('<userTask id="a"/>', more))).problems == ()


NOT_YET = {
    "complexGateway": '<complexGateway id="x"/>',
    "adHocSubProcess": '<adHocSubProcess id="x"><task id="t"/></adHocSubProcess>',
    "transaction": '<transaction id="x"/>',
    "businessRuleTask": '<businessRuleTask id="x"/>',
    "triggeredByEvent": '<subProcess id="x" triggeredByEvent="true"/>',
    "isForCompensation": '<task id="x" isForCompensation="true"/>',
    "instantiate": '<eventBasedGateway id="x" instantiate="true"/>',
    "eventGatewayType": '<eventBasedGateway id="x" eventGatewayType="Parallel"/>',
    "completionQuantity": '<task id="x" completionQuantity="2"/>',
    "parallelMultiple": '<startEvent id="x" parallelMultiple="true"/>',
}


@pytest.mark.parametrize("name", NOT_YET)
def test_what_can_not_run_yet_is_refused_with_a_hint(name: str) -> None:
    found = [
        p for p in bpmn.read(file(process(NOT_YET[name]))).problems if p.rule == "element.not-executable"
    ]
    assert [problem.element for problem in found] == ["x"]
    assert found[0].message.startswith("Expected an element that Stepwell can run but ")
    assert "later version" in found[0].hint


@pytest.mark.parametrize("kind", ["cancel", "compensate", "conditional", "escalation", "link"])
def test_an_event_definition_that_can_not_run_yet_is_refused(kind: str) -> None:
    event = f'<intermediateCatchEvent id="a"><{kind}EventDefinition/></intermediateCatchEvent>'
    assert ("element.not-executable", "a") in refusals(line(event))


def test_what_is_inside_an_element_that_can_not_run_is_looked_at_too() -> None:
    inside = '<transaction id="x"><complexGateway id="y"/></transaction>'
    found = [name for rule, name in refusals(process(inside)) if rule == "element.not-executable"]
    assert found == ["x", "y"]
