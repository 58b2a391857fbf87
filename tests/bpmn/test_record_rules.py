"""Data steps and record signals: what their author has to repair, whatever the record types are."""

import pytest

from stepwell import bpmn
from tests.services.inline.drawing import catching, filter_of, line, starting, step, user, values

ROME = filter_of("city = Rome")


def rules(*steps: str, start: str = '<bpmn:startEvent id="start"/>') -> list[str]:
    """The rules that a process breaks."""
    reading = bpmn.read(line(*steps, user("b"), start=start))
    assert all(problem.hint for problem in reading.problems)
    return [problem.rule for problem in reading.problems]


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (step("a", "change", values(city="x")), "records.filter-missing"),
        (step("a", "delete"), "records.filter-missing"),
        (step("a", "delete", "<stepwell:filter><stepwell:all/></stepwell:filter>"), "records.filter-missing"),
        (
            step("a", "delete", "<stepwell:filter><stepwell:any><stepwell:all/>"
                 '<stepwell:condition field="city" value="x"/></stepwell:any></stepwell:filter>'),
            "records.filter-missing",
        ),
        (step("a", "delete", "<stepwell:filter/>"), "filter.empty"),
        (step("a", "delete", filter_of("city is Rome")), "filter.operator"),
        (step("a", "delete", filter_of("city = ")), "filter.value-missing"),
        (step("a", "change", ROME), "records.values-missing"),
        (step("a", "add"), "records.values-missing"),
        (step("a", "add", values(city="x") + ROME), "records.unused"),
        (step("a", "add", values(city="x"), atMost="5"), "records.unused"),
        (step("a", "add", values(city="= selected.city")), "records.no-selection"),
        (step("a", "add", values(city="x") + values(city="y")), "records.field-doubled"),
        (step("a", "delete", values(city="x") + ROME), "records.unused"),
        (step("a", "delete", ROME, sort="city"), "records.unused"),
        (step("a", "delete", ROME, from_="case"), "records.unused"),
        (step("a", "read", values(city="x")), "records.unused"),
        (step("a", "read", mode="sum"), "records.field-missing"),
        (step("a", "read", mode="list", limit="1001"), "records.limit"),
        (step("a", "read", allOrNothing="true"), "records.unused"),
        (step("a", "read", mode="all"), "extension.value"),
        (step("a", "read").replace("records.read", "http.request"), "records.type"),
        (('<bpmn:serviceTask id="a"><bpmn:extensionElements><stepwell:task type="records.read"/>'
         "</bpmn:extensionElements></bpmn:serviceTask>"), "records.type"),
        (catching("a", "moved"), "record-signal.kind"),
        (catching("a", "deleted", ROME), "record-signal.deleted"),
        (catching("a", "changed", filter_of("city = ")), "filter.value-missing"),
    ],
)  # fmt: skip
def test_what_an_author_has_to_repair(wrong: str, rule: str) -> None:
    assert rule in rules(wrong)


@pytest.mark.parametrize(
    "right",
    [
        step("a", "read"),
        step("a", "read", ROME, mode="list", limit="1000", sort="-city"),
        step("a", "read", mode="max", field="amount"),
        step("a", "add", values(city="= selected.city"), from_="case"),
        step("a", "add", values(city="x") + ROME, from_="case", atMost="5"),
        step("a", "change", values(city="= selected.name") + ROME, allOrNothing="true"),
        step("a", "delete", filter_of("id = = record"), atMost="1"),
        catching("a", "deleted", filter_of("id = account/7")),
        catching("a", "added, changed , deleted"),
    ],
)
def test_what_is_right(right: str) -> None:
    assert rules(right) == []


def test_a_start_knows_no_variable() -> None:
    assert rules(start=starting("added", filter_of("city = = where"))) == ["record-signal.start"]
    assert rules(start=starting("added", filter_of("day = = today()"))) == []


def test_a_start_can_not_wait_for_one_record() -> None:
    assert rules(start=starting("changed", record="account/7")) == ["record-signal.start"]


def test_the_signal_may_stand_on_the_definition() -> None:
    inner = '<stepwell:recordSignal recordType="account" on="added"/>'
    written = (
        f"<bpmn:signalEventDefinition><bpmn:extensionElements>{inner}</bpmn:extensionElements>"
        "</bpmn:signalEventDefinition>"
    )
    start = f'<bpmn:startEvent id="start">{written}</bpmn:startEvent>'
    [trigger] = bpmn.start_triggers(bpmn.read(line(user("a"), start=start)).definitions[0])
    assert (trigger.kind, trigger.element) == ("record", "start")
