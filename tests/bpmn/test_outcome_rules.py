"""Lists of results: every offered result leads somewhere, and no flow waits for one that never comes."""

import pytest

from stepwell import bpmn
from tests.bpmn.build import file, flow, process

YES_NO = '<stepwell:answer code="yes"/><stepwell:answer code="no"/>'
QUESTION = f'<stepwell:question required="true">{YES_NO}</stepwell:question>'
SEVERAL = f'<stepwell:question required="true" multiple="true">{YES_NO}</stepwell:question>'
FREE = f"<stepwell:question>{YES_NO}</stepwell:question>"
CONDITION = '<conditionExpression xsi:type="tFormalExpression">x = 1</conditionExpression>'
LOOP = '<multiInstanceLoopCharacteristics><loopCardinality xsi:type="tFormalExpression">2</loopCardinality></multiInstanceLoopCharacteristics>'
BUTTONS = '<stepwell:button code="send"/><stepwell:button code="later" completes="false"/>'
PAGE = f'<stepwell:autoPage>{BUTTONS}<stepwell:button code="drop"/></stepwell:autoPage>'
APPROVAL = '<stepwell:approval recordType="Order" record="1"/>'
RESULTS = '<stepwell:activityStep><stepwell:result code="done"/><stepwell:result code="late"/></stepwell:activityStep>'
RECORD = '<stepwell:recordPage recordType="A" mode="new" {}/>'


def results(codes: str, of: str = "") -> str:
    step = f'of="{of}" ' if of else ""
    return f'<extensionElements><stepwell:results {step}codes="{codes}"/></extensionElements>'


def found(
    work: str, *ways: str, gateway: str = "exclusiveGateway", more: tuple[str, str] = ("", "")
) -> list[tuple[str, str, bool]]:
    """What is wrong with a step ``ask`` whose flows go out of gateway ``g`` (or of itself, without one).

    A way is what stands inside its flow; ``default`` makes it the default.
    """
    source = "g" if gateway else "ask"
    chosen = [number for number, way in enumerate(ways) if way.startswith("default")]
    default = f'default="w{chosen[0]}"' if chosen else ""
    task, inside = more
    steps = f'<userTask id="ask" {"" if gateway else default}><extensionElements>{work}</extensionElements>{inside}</userTask>{task}'
    steps += f'<{gateway} id="g" {default}/>' + flow("to", "ask", "g") if gateway else ""
    for number, inner in enumerate(ways):
        steps += f'<endEvent id="e{number}"/>' + flow(
            f"w{number}", source, f"e{number}", inner.removeprefix("default")
        )
    reading = bpmn.read(file(process(f'<startEvent id="s"/>{steps}' + flow("f", "s", "ask"))))
    return [(problem.rule, problem.element, problem.warning) for problem in reading.problems]


@pytest.mark.parametrize("gateway", ["exclusiveGateway", "inclusiveGateway", ""])
@pytest.mark.parametrize(
    ("work", "one", "other"),
    [
        (QUESTION, "yes", "no"),
        (PAGE, "send", "drop"),
        (APPROVAL, "approved", "rejected"),
        (RESULTS, "done", "late"),
        ("<stepwell:activityStep/>", "whatever", "there is"),
        (RECORD.format('outcomeField="status"'), "won", "lost"),
    ],
)
def test_when_every_result_leads_somewhere_nothing_is_wrong(
    work: str, one: str, other: str, gateway: str
) -> None:
    assert found(work, results(one), results(other), gateway=gateway) == []


@pytest.mark.parametrize("gateway", ["exclusiveGateway", "inclusiveGateway", ""])
@pytest.mark.parametrize(
    ("work", "one"),
    [(QUESTION, "yes"), (PAGE, "send"), (APPROVAL, "approved"), (RESULTS, "done"), ("<stepwell:emailDraft/>", "sent"), ("", "done")],
)  # fmt: skip
def test_a_result_that_is_not_offered_is_refused(work: str, one: str, gateway: str) -> None:
    told = found(work, results(f"{one}, never"), "default", gateway=gateway)
    assert told == [("results.not-offered", "w0", False)]


def test_a_record_page_offers_results_only_of_its_outcome_field() -> None:
    assert found(RECORD.format(""), results("won"), "default") == [("results.not-offered", "w0", False)]


def test_a_button_that_does_not_complete_is_no_result() -> None:
    assert ("results.not-offered", "w0", False) in found(PAGE, results("later, send, drop"), "default")


@pytest.mark.parametrize("gateway", ["exclusiveGateway", "inclusiveGateway", ""])
def test_an_offered_result_without_a_way_is_refused(gateway: str) -> None:
    assert found(QUESTION, results("yes"), CONDITION, gateway=gateway) == [
        ("results.uncovered", "ask", False)
    ]


@pytest.mark.parametrize("gateway", ["exclusiveGateway", "inclusiveGateway", ""])
def test_a_default_flow_covers_the_rest(gateway: str) -> None:
    assert found(FREE, results("yes"), "default", gateway=gateway) == []


def test_a_free_flow_directly_behind_the_step_covers_the_rest() -> None:
    assert found(FREE, results("yes"), "", gateway="") == []


def test_the_same_result_on_two_ways_of_an_exclusive_gateway_is_refused() -> None:
    assert found(QUESTION, results("yes, no"), results("no")) == [
        ("results.doubled", "w0", False), ("results.doubled", "w1", False),
    ]  # fmt: skip


@pytest.mark.parametrize("gateway", ["inclusiveGateway", ""])
def test_the_same_result_on_two_ways_is_fine_where_both_can_be_taken(gateway: str) -> None:
    assert found(QUESTION, results("yes, no"), results("no"), gateway=gateway) == []


def test_several_answers_before_an_exclusive_gateway_are_refused() -> None:
    assert found(SEVERAL, results("yes"), results("no")) == [("results.several", "ask", False)]


@pytest.mark.parametrize("gateway", ["inclusiveGateway", ""])
def test_several_answers_before_other_flows_are_fine(gateway: str) -> None:
    assert found(SEVERAL, results("yes"), results("no"), gateway=gateway) == []


def test_an_optional_question_without_a_default_flow_is_a_warning() -> None:
    assert found(FREE, results("yes"), results("no")) == [("results.optional", "ask", True)]


def test_without_any_list_nothing_is_asked_of_the_flows() -> None:
    assert found(FREE, CONDITION, "default") == []


def test_a_list_of_a_step_that_is_not_directly_before_is_refused() -> None:
    assert found(QUESTION, results("yes", "s"), "default") == [("results.other-step", "w0", False)]


def test_the_nearest_step_is_told() -> None:
    content = process(
        f'<startEvent id="s"/><userTask id="ask"><extensionElements>{QUESTION}</extensionElements></userTask>'
        '<exclusiveGateway id="g" default="w1"/><endEvent id="a"/><endEvent id="b"/>'
        + flow("f", "s", "ask") + flow("to", "ask", "g") + flow("w0", "g", "a", results("yes", "aks")) + flow("w1", "g", "b")
    )  # fmt: skip
    assert "(did you mean ask?)" in bpmn.read(file(content)).problems[0].message


def test_lists_behind_other_gateways_and_tasks_are_refused() -> None:
    assert ("results.no-step", "w0", False) in found(QUESTION, results("yes"), "", gateway="parallelGateway")


def test_lists_behind_a_step_that_runs_several_times_are_refused() -> None:
    told = found(QUESTION, results("yes"), "default", more=("", LOOP))
    assert told == [("results.several-runs", "ask", False)]


def test_a_list_without_codes_is_refused() -> None:
    assert ("results.missing", "w0", False) in found(QUESTION, results(" "), "default")


def test_a_list_on_the_default_flow_is_a_warning() -> None:
    assert ("results.on-default", "w1", True) in found(QUESTION, results("yes"), "default" + results("no"))
