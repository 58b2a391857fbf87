"""What a user task asks of a person is read into its step, and what is wrong with it is told."""

from typing import Any

import pytest

from stepwell import bpmn, feel
from stepwell.engine.definition import Text
from stepwell.engine.steps.user_task import UserTask
from stepwell.engine.work import PLAIN, AutoPage, EmailDraft, Question, RecordPage, Work
from stepwell.errors import Problem
from tests.bpmn.build import file, line, process
from tests.bpmn.reading import definition, evaluated, extended, step

FORM = '{"components": [{"type": "textfield", "key": "city"}], "buttons": [{"code": "ok"}]}'


def work(extensions: str) -> Work:
    """The work of a user task with these extension elements."""
    found = step(extended("userTask", extensions)).step
    assert isinstance(found, UserTask)
    return found.work


def wrong(extensions: str, pages: dict[str, bytes] | None = None) -> list[Problem]:
    """What is wrong with them."""
    reading = bpmn.read(file(line(extended("userTask", extensions))), pages=pages)
    return [problem for problem in reading.problems if not problem.warning]


def test_a_task_that_says_nothing_is_plain() -> None:
    found = step('<userTask id="a"/>').step
    assert isinstance(found, UserTask)
    assert (found.work, found.work.name) == (PLAIN, "plain")


def test_a_question_has_its_answers_in_order() -> None:
    answers = (
        '<stepwell:answer code="y" label="Yes" default="true"/><stepwell:answer code="n" label="= no_text"/>'
    )
    kind = work(f'<stepwell:question multiple="true" required="true">{answers}</stepwell:question>').kind
    assert isinstance(kind, Question)
    assert (kind.multiple, kind.required) == (True, True)
    assert [(answer.code, answer.default) for answer in kind.answers] == [("y", True), ("n", False)]
    label = kind.answers[1].label
    assert label is not None and evaluated(label.expression, no_text="No") == "No"


def test_a_record_page_has_defaults_and_a_filter() -> None:
    kind = work(
        """<stepwell:recordPage recordType="Contact" mode="new" outcomeField="status">
        <stepwell:default field="city" value="Rome"/><stepwell:default field="note">Long text</stepwell:default>
        <stepwell:filter><stepwell:condition field="a" value="1"/><stepwell:any>
        <stepwell:condition field="b" op="is empty"/><stepwell:condition field="c" op="&lt;">= limit</stepwell:condition>
        </stepwell:any></stepwell:filter></stepwell:recordPage>"""
    ).kind
    assert isinstance(kind, RecordPage)
    assert (kind.record_type, kind.mode, kind.outcome_field) == ("Contact", "new", "status")
    assert [(one.field, one.value.source) for one in kind.defaults if one.value] == [
        ("city", "Rome"), ("note", "Long text"),
    ]  # fmt: skip
    assert kind.filter == {
        "all": [
            {"field": "a", "op": "=", "value": "1"},
            {
                "any": [
                    {"field": "b", "op": "is empty"},
                    {"field": "c", "op": "<", "value": Text("= limit", feel.compile("limit"))},
                ]
            },
        ]
    }


def test_an_email_has_texts() -> None:
    kind = work('<stepwell:emailDraft from="us@x" to="= list" template="welcome"/>').kind
    assert isinstance(kind, EmailDraft)
    assert kind.sender is not None and kind.sender.source == "us@x"
    assert (kind.template, kind.subject) == ("welcome", None)


def test_titles_and_hints_are_there_in_each_language() -> None:
    found = work(
        '<stepwell:title>Call {name}</stepwell:title><stepwell:title xml:lang="de">{name} anrufen</stepwell:title>'
        "<stepwell:hint>Be *kind*</stepwell:hint>"
    )
    assert [(title.language, title.template.text) for title in found.titles] == [
        ("", "Call {name}"), ("de", "{name} anrufen"),
    ]  # fmt: skip
    assert found.hints[0].template.text == "Be *kind*"


def test_timing_connections_and_the_activity_are_there() -> None:
    found = work(
        '<stepwell:timing startIn="P1D" due="= by" priority="high"/><stepwell:activity category="Call"/>'
        '<stepwell:connect recordType="A" record="= a"/><stepwell:connect recordType="B" record="7"/>'
    )
    assert found.timing.start_in is not None and found.timing.start_in.source == "P1D"
    assert found.activity is not None and found.activity.show_in_calendar is False
    assert [(one.record_type, one.record and one.record.source) for one in found.connections] == [
        ("A", "= a"), ("B", "7"),
    ]  # fmt: skip


def test_a_manager_may_be_the_assignee() -> None:
    found = step(extended("userTask", '<stepwell:assignment manager="= clerk"/>')).step
    assert isinstance(found, UserTask) and found.manager is not None


def test_a_schema_inside_is_read_with_the_buttons_of_the_step() -> None:
    kind = work(
        f'<stepwell:page>{FORM}<stepwell:button code="go" label="Go" shownIf="city != null"/></stepwell:page>'
    ).kind
    assert kind is not None and kind.element == "page"
    assert [button.code for button in kind.page.buttons] == ["go"]  # type: ignore[union-attr]


def test_a_schema_may_bring_its_own_buttons() -> None:
    kind = work(f"<stepwell:page>{FORM}</stepwell:page>").kind
    assert [button.code for button in kind.page.buttons] == ["ok"]  # type: ignore[union-attr]


@pytest.mark.parametrize("part", ["page", "autoPage"])
def test_a_schema_may_stand_behind_the_buttons(part: str) -> None:
    kind = work(
        f'<stepwell:{part}><stepwell:button code="go" label="Go"/>\n{FORM}<stepwell:button code="no"/></stepwell:{part}>'
    ).kind
    assert set(kind.page.names) == {"city"}  # type: ignore[union-attr]
    assert [button.code for button in kind.page.buttons] == ["go", "no"]  # type: ignore[union-attr]


def test_a_title_goes_on_behind_an_element_of_others() -> None:
    [title] = work("<stepwell:title>Call <other:b/>back</stepwell:title>").titles
    assert title.template.text == "Call back"


def test_an_auto_page_is_made_of_its_parameters() -> None:
    kind = work(
        '<stepwell:autoPage><stepwell:parameter name="city" direction="out" kind="text" label="City" required="true"/>'
        '<stepwell:parameter name="why" direction="both" kind="long_text"/>'
        '<stepwell:parameter name="hidden" value="1"/></stepwell:autoPage>'
    ).kind
    assert isinstance(kind, AutoPage) and kind.page is not None
    assert (set(kind.page.names), [button.code for button in kind.page.buttons]) == (
        {"city", "why"},
        ["save"],
    )


PAGES = {
    "move.form": FORM.encode(),
    "broken.form": b'{"components": [',
    "odd.form": b'{"components": [{"type": "x"}]}',
}


@pytest.mark.parametrize("ref", ["move", "move.form"])
def test_a_page_may_be_named(ref: str) -> None:
    reading = bpmn.read(file(line(extended("userTask", f'<stepwell:page ref="{ref}"/>'))), pages=PAGES)
    kind: Any = reading.definitions[0].elements["a"].step.work.kind  # type: ignore[attr-defined]
    assert kind.page.names == {"city": None}


def test_a_page_by_name_is_taken_on_trust_where_pages_are_not_known() -> None:
    assert wrong('<stepwell:page ref="move"/>') == []


ANSWERS = '<stepwell:answer code="a"/>'


@pytest.mark.parametrize(
    ("extensions", "rule"),
    [
        ("<stepwell:question/>", "question.answers"),
        (f"<stepwell:question>{ANSWERS * 2}</stepwell:question>", "work.code-doubled"),
        ('<stepwell:question><stepwell:answer label="A"/></stepwell:question>', "extension.missing"),
        ('<stepwell:question><stepwell:answer code="a" default="true"/><stepwell:answer code="b" default="true"/></stepwell:question>', "question.defaults"),
        (f"<stepwell:question>{ANSWERS}</stepwell:question><stepwell:emailDraft/>", "work.doubled"),
        ('<stepwell:timing/><stepwell:timing/>', "work.doubled"),
        ("<stepwell:activityStep/><stepwell:activity/>", "work.doubled"),
        ('<stepwell:title>a</stepwell:title><stepwell:title>b</stepwell:title>', "work.doubled"),
        ("<stepwell:title>Call {name</stepwell:title>", "expression.syntax"),
        ('<stepwell:timing startIn="soon"/>', "extension.value"),
        ('<stepwell:timing priority="= (1"/>', "expression.syntax"),
        ('<stepwell:recordPage mode="new"/>', "extension.missing"),
        ('<stepwell:recordPage recordType="A"/>', "record-page.no-record"),
        ('<stepwell:recordPage recordType="A" record="1"><stepwell:default field="a" value="b"/></stepwell:recordPage>', "record-page.defaults"),
        ('<stepwell:recordPage recordType="A" mode="new"><stepwell:filter/></stepwell:recordPage>', "filter.empty"),
        ('<stepwell:recordPage recordType="A" mode="new"><stepwell:filter><stepwell:condition op="="/></stepwell:filter></stepwell:recordPage>', "filter.field"),
        ('<stepwell:recordPage recordType="A" mode="new"><stepwell:filter><stepwell:condition field="a" value="= ("/></stepwell:filter></stepwell:recordPage>', "expression.syntax"),
        ('<stepwell:approval recordType="A"/>', "extension.missing"),
        ('<stepwell:approval recordType="A" record="1" needed="0"/>', "approval.needed"),
        ('<stepwell:approval recordType="A" record="1" needed="most"/>', "extension.value"),
        ('<stepwell:connect recordType="A"/>', "extension.missing"),
        ('<stepwell:assignment user="a" manager="b"/>', "assignment.both"),
        ("<stepwell:page/>", "page.no-schema"),
        (f'<stepwell:page ref="move">{FORM}</stepwell:page>', "page.two-schemas"),
        (f'<stepwell:page>{FORM}<stepwell:button code="x"/>{FORM}</stepwell:page>', "page.two-schemas"),
        ('<stepwell:autoPage><stepwell:button code="x"/>not JSON at all</stepwell:autoPage>', "page.malformed"),
        (f"<stepwell:question>{ANSWERS}stray</stepwell:question>", "extension.text"),
        ('<stepwell:page ref="mvoe"/>', "page.unknown"),
        ('<stepwell:page ref="broken"/>', "page.malformed"),
        ('<stepwell:page ref="odd"><stepwell:button code="ok"/></stepwell:page>', "page.type-unknown"),
        ('<stepwell:page>{"components": []}</stepwell:page>', "page.buttons"),
        ('<stepwell:page>{"components": []}<stepwell:button code="x" completes="false"/></stepwell:page>', "page.no-completing-button"),
        ('<stepwell:page>{"components": [{"type": "textfield", "key": "a"}]}<stepwell:button code="x"/></stepwell:page>', "page.key-is-step"),
        ('<stepwell:page>{"components": [{"type": "textfield", "key": "_activity.x"}]}<stepwell:button code="x"/></stepwell:page>', "page.key-reserved"),
        ('<stepwell:page>{oops}<stepwell:button code="x"/></stepwell:page>', "page.malformed"),
        ('<stepwell:autoPage><stepwell:parameter name="a b" direction="out"/></stepwell:autoPage>', "page.value"),
        ('<stepwell:autoPage><stepwell:parameter name="b" direction="out" kind="txet"/></stepwell:autoPage>', "extension.value"),
        ('<stepwell:autoPage><stepwell:parameter name="b"/><stepwell:parameter name="b"/></stepwell:autoPage>', "work.code-doubled"),
        ('<stepwell:autoPage><stepwell:button code="b" style="red"/></stepwell:autoPage>', "extension.value"),
        ('<stepwell:autoPage><stepwell:button code="b" shownIf="a ="/></stepwell:autoPage>', "expression.syntax"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_rule_and_the_step(extensions: str, rule: str) -> None:
    found = [problem for problem in wrong(extensions, PAGES) if problem.rule == rule]
    assert found
    assert all(problem.element == "a" and problem.message.startswith("Expected ") for problem in found)


def test_a_fault_in_a_page_is_told_with_its_place_in_the_schema() -> None:
    written = '{"components": [{"type": "textfeld", "key": "c"}]}<stepwell:button code="x"/>'
    (problem,) = wrong(f"<stepwell:page>{written}</stepwell:page>")
    assert problem.field == "components[0].type"
    assert "(did you mean textfield?)" in problem.message


def test_a_schema_that_breaks_off_is_told_with_its_line_in_the_file() -> None:
    (problem,) = wrong('<stepwell:page>\n\n{"components": \noops}<stepwell:button code="x"/></stepwell:page>')
    assert problem.line == 4


def test_a_schema_behind_a_button_that_breaks_off_is_told_with_its_line_in_the_file() -> None:
    (problem,) = wrong('<stepwell:page>\n<stepwell:button code="x"/>\n{"components": \noops}</stepwell:page>')
    assert problem.line == 4


def test_the_nearest_page_is_told() -> None:
    assert "(did you mean move?)" in wrong('<stepwell:page ref="mvoe"/>', PAGES)[0].message


# -- lanes -----------------------------------------------------------------------------------------------


def laned(lanes: str, inner: str = "") -> dict[str, str]:
    """The role of each user task of a process with lanes."""
    flows = "".join(
        f'<sequenceFlow id="{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in ("sa", "ab", "bc", "ce")
    )
    steps = f'<userTask id="a"/><userTask id="b"/><subProcess id="c">{inner}</subProcess>'
    found = definition(
        process(f'<laneSet id="ls">{lanes}</laneSet><startEvent id="s"/>{steps}<endEvent id="e"/>{flows}')
    )
    works = {id: one.step.work for id, one in found.elements.items() if isinstance(one.step, UserTask)}
    return {id: one.lane_role.source for id, one in works.items() if one.lane_role is not None}


def lane(id: str, role: str, *refs: str, inner: str = "") -> str:
    extension = f'<extensionElements><stepwell:lane role="{role}"/></extensionElements>' if role else ""
    named = "".join(f"<flowNodeRef>{ref}</flowNodeRef>" for ref in refs)
    return f'<lane id="{id}">{extension}{named}{inner}</lane>'


def test_a_task_has_the_role_of_its_lane() -> None:
    assert laned(lane("l", "desk", "s", "a") + lane("m", "", "b")) == {"a": "desk"}


def test_the_innermost_lane_that_has_a_role_counts() -> None:
    inner = f'<childLaneSet id="cs">{lane("n", "leads", "b")}{lane("o", "", "a")}</childLaneSet>'
    assert laned(lane("l", "desk", "a", "b", inner=inner)) == {"a": "desk", "b": "leads"}


def test_a_task_in_a_sub_process_has_the_role_of_the_sub_process() -> None:
    assert laned(lane("l", "desk", "c"), '<userTask id="d"/>') == {"d": "desk"}
