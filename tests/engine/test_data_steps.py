"""Data steps and record signals in the core: what they ask for, and what becomes of it."""

from decimal import Decimal

import pytest

from stepwell import feel
from stepwell.engine import commands as c
from stepwell.engine import data_step
from stepwell.engine.commands import RecordChange
from stepwell.engine.data_step import asked_of
from stepwell.engine.decide import decide, resume
from stepwell.engine.record_events import RecordsTouched
from stepwell.engine.record_signal import unpack
from stepwell.engine.run import DEEPEST
from stepwell.errors import Conflict, NotFound
from stepwell.records.changes import Change
from tests.engine.world import World, flows
from tests.services.inline.drawing import (
    boundary,
    catching,
    filter_of,
    line,
    on_error,
    output,
    rights,
    starting,
    step,
    user,
    values,
)

MOVE = values(city="= where", name="x") + filter_of("amount &gt; = least", "city = Rome")


def world(*files: bytes, **given: object) -> World:
    """An instance of the first process."""
    found = World.of(*files)
    found.start(**given)
    return found


def moving(**given: object) -> World:
    return world(line(step("move", "change", MOVE), user("look")), **{"where": "Oslo", "least": 5, **given})


def complete(found: World, result: object = None, count: int = 1) -> None:
    found.do(c.CompleteRecords(found.job("move").key, count, result))


# -- what a step asks for --------------------------------------------------------------------------------


def test_it_makes_a_job_that_holds_the_values_as_they_are_now() -> None:
    asked = asked_of(moving().job("move"))
    assert feel.decode(asked.values) == {"city": "Oslo", "name": "x"}
    assert feel.decode(asked.filter) == {
        "all": [
            {"field": "amount", "op": ">", "value": Decimal(5)},
            {"field": "city", "op": "=", "value": "Rome"},
        ]
    }


def test_values_of_each_record_wait_with_the_variables_that_they_read() -> None:
    inner = values(city="= selected.city + where") + filter_of("city = Rome")
    asked = asked_of(world(line(step("move", "change", inner)), where="Oslo", other=1).job("move"))
    assert (asked.values, feel.decode(asked.given)) == (b"", {"where": "Oslo"})


def test_inputs_are_seen_by_its_expressions_and_are_no_variables() -> None:
    xml = line(step("move", "change", MOVE)).replace(
        b"<stepwell:records", b'<stepwell:input name="where" value="Bergen"/><stepwell:records'
    )
    found = world(xml, least=1)
    assert feel.decode(asked_of(found.job("move")).values) == {"city": "Bergen", "name": "x"}
    assert found.variable("where") is None


@pytest.mark.parametrize(("said", "person"), [("starter", "ann"), ("system", None)])
def test_it_knows_whose_rights_count(said: str, person: str | None) -> None:
    found = world(line(step("move", "change", MOVE), more=rights(said)), where="Oslo", least=5)
    asked = asked_of(found.job("move"))
    assert (asked.person, asked.starter) == (person, "ann")


@pytest.mark.parametrize("missing", [None, ""])
def test_a_condition_without_a_value_is_an_incident_before_there_is_a_job(missing: object) -> None:
    found = moving(least=missing)
    assert (found.stuck(), found.waits()) == ([("move", "filter.value-missing")], [])
    found.repair(least=3)
    assert found.waits() == ["move"]


# -- how it goes -----------------------------------------------------------------------------------------


def test_without_outputs_the_result_is_called_as_the_step() -> None:
    found = moving()
    complete(found, 3, count=3)
    assert (found.variable("move"), found.waiting()) == (3, ["look"])


def test_outputs_see_the_result() -> None:
    read = step("move", "read", "", output("city", "= city") + output("whole", "= result"))
    found = world(line(read, user("look")))
    complete(found, {"city": "Rome"})
    assert (found.variable("city"), found.variable("whole")) == ("Rome", {"city": "Rome"})
    assert found.variable("move") is None


def test_the_history_has_the_number_of_records() -> None:
    found = moving()
    complete(found, 3, count=3)
    [event] = [event for event in found.history[1] if isinstance(event, RecordsTouched)]
    assert (event.element, event.verb, event.record_type, event.count) == ("move", "change", "account", 3)


def test_what_comes_of_it_may_belong_to_the_same_command() -> None:
    found = World.of(line(step("move", "change", MOVE), user("look")))
    found.start(where="Oslo", least=5)
    state = found.states[1]
    run = decide(found.owners[1], state, c.SetVariables(0, {"a": 1}), found.now, found.settings)
    revision, before = state.instance.revision, len(run.events)
    resume(run, c.CompleteRecords(found.job("move").key, 1, 1))
    assert (state.instance.revision, len(run.events) > before) == (revision, True)
    assert state.instance.last_key == state.last_key


def test_a_slice_leaves_the_job_with_its_place() -> None:
    found = moving()
    found.do(c.GoOnWithRecords(found.job("move").key, 4, begun(found)))
    job = found.job("move")
    assert (asked_of(job).after, job.due_at, found.waiting()) == (17, found.now, ["move"])
    assert data_step.has_begun(job)


def begun(found: World) -> bytes:
    asked = asked_of(found.job("move"))
    found = data_step.Asked(asked.record_type, phase="touch", after=17, count=4, filter=asked.filter)
    return data_step.pack(found)


def test_a_step_that_has_ended_is_not_completed_twice() -> None:
    found = moving()
    key = found.job("move").key
    complete(found)
    with pytest.raises(NotFound):
        found.do(c.CompleteRecords(key, 1))


def test_a_connectors_job_is_no_data_step() -> None:
    connector = (
        '<bpmn:serviceTask id="move"><bpmn:extensionElements><stepwell:task type="python"/>'
        "</bpmn:extensionElements></bpmn:serviceTask>"
    )
    found = world(line(connector))
    with pytest.raises(Conflict, match="to be a data step"):
        complete(found)


# -- what fails ------------------------------------------------------------------------------------------


def fail(found: World, code: str = "record.invalid", number: int = 1) -> None:
    found.do(c.FailRecords(found.job("move", number).key, code, "no"), number)


def test_what_can_not_be_done_is_an_incident_and_a_retry_evaluates_anew() -> None:
    found = moving()
    fail(found)
    assert (found.stuck(), found.waits()) == ([("move", "record.invalid")], [])
    found.repair(where="Bergen")
    assert feel.decode(asked_of(found.job("move")).values) == {"city": "Bergen", "name": "x"}


def test_what_fails_in_the_middle_goes_on_from_there() -> None:
    found = moving()
    found.do(c.GoOnWithRecords(found.job("move").key, 4, begun(found)))
    fail(found)
    found.repair(least=100)
    assert asked_of(found.job("move")).after == 17


def test_what_breaks_in_the_middle_too_often_goes_on_from_there() -> None:
    found = moving()
    found.do(c.GoOnWithRecords(found.job("move").key, 4, begun(found)))
    for _ in range(4):
        found.do(c.FailJob(found.job("move").key, "the plug"))
    assert found.stuck() == [("move", "job.failed")]
    found.repair()
    assert asked_of(found.job("move")).after == 17


def test_a_boundary_event_catches_what_can_not_be_done() -> None:
    caught = on_error("b", "move") + user("sorry") + flows("b sorry end")
    found = world(line(step("move", "change", MOVE), more=caught), where="Oslo", least=5)
    fail(found)
    assert (found.waiting(), found.stuck()) == (["sorry"], [])


def test_what_nobody_catches_does_not_end_a_called_process() -> None:
    outer = line('<bpmn:callActivity id="c" calledElement="inner"/>')
    inner = line(step("move", "delete", filter_of("city = Rome")), id="inner")
    found = world(outer, inner)
    fail(found, number=2)
    assert (found.stuck(2), found.status(2), found.waiting(1)) == (
        [("move", "record.invalid")],
        "running",
        ["c"],
    )


# -- record signals --------------------------------------------------------------------------------------


def changed(record: str = "account/7", kind: str = "changed") -> RecordChange:
    return RecordChange(record, kind, ("city",), {"city": "Rome"})


def subscription(found: World) -> int:
    [row] = found.states[1].subscriptions.values()
    assert row.kind == "record"
    return row.key


def test_who_waits_says_for_which_changes() -> None:
    on = catching("wait", "added, changed", filter_of("city = = where"), fields="city, name", record="= one")
    found = world(line(on), where="Rome", one="account/7")
    [row] = found.states[1].subscriptions.values()
    watch = unpack(row.args)
    assert (row.name, row.correlation_key, watch.on, watch.fields) == (
        "account", "7", ("added", "changed"), ("city", "name"),
    )  # fmt: skip
    assert feel.decode(watch.filter) == {"field": "city", "op": "=", "value": "Rome"}


@pytest.mark.parametrize(
    ("kind", "fields", "counts"),
    [("added", ("name",), True), ("changed", ("city", "name"), True), ("changed", ("name",), False), ("deleted", ("city",), False)],
)  # fmt: skip
def test_only_the_listed_fields_of_changes_count(kind: str, fields: tuple[str, ...], counts: bool) -> None:
    found = world(line(catching("wait", "added, changed", fields="city")))
    [row] = found.states[1].subscriptions.values()
    assert unpack(row.args).counts(Change("account", 1, kind, fields)) is counts  # type: ignore[arg-type]


def test_the_first_of_several_changes_lets_it_go_on() -> None:
    found = world(line(catching("wait", "changed"), user("look")))
    found.do(c.CatchRecords(subscription(found), (changed("account/7"), changed("account/8"))))
    assert (found.variable("record"), found.variable("change")) == ("account/7", "changed")
    assert (found.waiting(), found.waits()) == (["look"], [])


def test_a_boundary_event_comes_for_each_of_them() -> None:
    more = boundary("b", "work", "changed", interrupting="false") + user("seen") + flows("b seen end")
    found = world(line(user("work"), more=more))
    found.do(c.CatchRecords(subscription(found), (changed("account/7"), changed("account/8"))))
    assert found.waiting() == ["work", "seen", "seen"]


def test_a_gateway_goes_on_with_the_record_if_it_comes_first() -> None:
    gateway = '<bpmn:eventBasedGateway id="first"/>'
    timer = (
        '<bpmn:intermediateCatchEvent id="late"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H'
        "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )
    found = world(
        line(gateway, catching("wait", "added"), user("look"), more=timer + flows("first late end"))
    )
    found.do(c.CatchRecords(subscription(found), (changed(),)))
    assert (found.waiting(), found.waits()) == (["look"], [])


def test_a_change_that_can_not_be_delivered_is_an_incident_and_the_wait_goes_on() -> None:
    found = world(line(catching("wait", "changed"), user("look")))
    found.do(c.MissRecords(subscription(found), "cause.too-deep", "too much"))
    assert found.stuck() == [("", "cause.too-deep")]
    found.repair()
    assert (found.stuck(), found.waiting(), found.waits()) == ([], ["wait"], ["wait"])


def test_a_message_is_no_record() -> None:
    found = world(line(catching("wait", "changed")))
    with pytest.raises(Conflict):
        found.do(c.CorrelateMessage(subscription(found), "account", {}))


def test_a_start_behind_too_many_causes_waits_for_a_person() -> None:
    found = World.of(line(user("look"), start=starting("added")))
    command = c.StartInstance(1, 1, {"record": "account/7"}, start_event="start", depth=DEEPEST + 1)
    found.run(found.definitions["p"], command)
    assert found.stuck() == [("start", "cause.too-deep")]
    found.repair()
    assert found.waiting() == ["look"]
