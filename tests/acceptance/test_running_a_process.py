"""Product rules R2, R3, R6 and O4: what runs by itself, what waits for a person, and on which version."""

import pytest

import stepwell
from tests.acceptance.conftest import Place
from tests.acceptance.drawing import END, START, call, line, script, service, user
from tests.acceptance.server import recording
from tests.engine.world import conditional, flows, process


def test_r2_automatic_steps_need_nobody(place: Place) -> None:
    """R2: formulas and calls outside run by themselves, one after the other."""
    with recording() as recorder:
        add_up = script("add_up", "{total: amount * 1.19}")
        tell = service("tell", "http.request", method="POST", url="= recorder", body="= string(total)")
        place.engine.deploy(line(add_up, tell, path="add_up tell"))
        started = place.engine.start("p", {"amount": 100, "recorder": recorder.address})
        place.pass_time()
        assert place.status(started.id) == "completed"
        assert [body for _, body in recorder.calls] == ["119"]


def test_r3_a_person_stops_only_their_own_branch(place: Place) -> None:
    """R3: while one branch waits for a person, the other one goes on."""
    fork = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>'
    branches = user("look") + script("count", "{counted: 1}") + user("check")
    paths = flows("start fork look join end", "fork count check join")
    place.engine.deploy(process(START + fork + branches + END + paths))
    id = place.engine.start("p").id
    assert place.engine.variables(id) == {"counted": 1}
    assert place.waits_at(id) == ["check", "look"]
    [check] = place.engine.tasks(instance=id, element="check").items
    place.engine.complete(check.id)
    assert place.waits_at(id) == ["join", "look"]
    [look] = place.engine.tasks(instance=id).items
    assert place.engine.complete(look.id).status == "completed"


def test_a_branch_is_chosen_by_what_a_person_said(place: Place) -> None:
    gateway = '<bpmn:exclusiveGateway id="which" default="which_small"/>'
    tasks = user("ask") + user("large") + user("small")
    paths = flows("start ask which small end", "large end") + conditional(
        "which", "large", "amount &gt; 1000"
    )
    place.engine.deploy(process(START + gateway + tasks + END + paths))
    ids = [place.engine.start("p").id for _ in range(2)]
    for id, amount in zip(ids, (5, 5000), strict=True):
        place.complete(id, amount=amount)
    assert [place.waits_at(id) for id in ids] == [["small"], ["large"]]


def test_a_command_that_is_refused_changes_nothing(place: Place) -> None:
    place.engine.deploy(line(user("look"), path="look"))
    started = place.engine.start("p")
    before = place.engine.history(started.id)
    for wrong in ({"#bad": 1}, {"": 1}):
        with pytest.raises(stepwell.Invalid) as refused:
            place.engine.complete(started.user_tasks[0].id, wrong)
        assert refused.value.problems
    assert place.engine.history(started.id) == before


def test_o4_a_running_instance_stays_on_its_version(place: Place) -> None:
    """O4: a new version applies to new instances."""
    place.engine.deploy(line(user("old"), user("older"), path="old older"))
    running = place.engine.start("p").id
    place.engine.deploy(line(user("new"), path="new"))
    assert place.waits_at(place.engine.start("p").id) == ["new"]
    place.complete(running)
    assert place.waits_at(running) == ["older"]
    assert place.waits_at(place.engine.start("p", version=1).id) == ["old"]


def test_a_called_process_gives_its_result_to_the_caller(place: Place) -> None:
    """The called instance is one of its own: its steps, its variables, its history."""
    given = (
        '<stepwell:input name="n" value="= amount"/><stepwell:output name="answer" value="= result.twice"/>'
    )
    place.engine.deploy(line(user("ask"), script("double", "{twice: n * 2}"), path="ask double", id="child"))
    place.engine.deploy(line(call("called", "child", given), user("after"), path="called after"))
    id = place.engine.start("p", {"amount": 21}).id
    [child] = place.engine.instance(id).children
    assert place.engine.variables(child.id) == {"n": 21}
    place.complete(child.id)
    place.pass_time()
    assert place.waits_at(id) == ["after"]
    assert place.engine.variables(id) == {"amount": 21, "answer": 42}


def test_an_error_of_a_called_process_is_caught_by_the_caller(place: Place) -> None:
    error = '<bpmn:error id="refused" errorCode="refused"/>'
    ends = '<bpmn:endEvent id="thrown"><bpmn:errorEventDefinition errorRef="refused"/></bpmn:endEvent>'
    child = process(START + user("ask") + ends + flows("start ask thrown"), error)
    place.engine.deploy(child.replace(b'process id="p"', b'process id="child"'))
    caught = (
        '<bpmn:boundaryEvent id="caught" attachedToRef="called"><bpmn:errorEventDefinition errorRef="refused"/>'
        "</bpmn:boundaryEvent>" + user("repair") + flows("caught repair end")
    )
    place.engine.deploy(line(call("called", "child"), path="called", more=caught, roots=error))
    id = place.engine.start("p").id
    place.complete(place.engine.instance(id).children[0].id)
    place.pass_time()
    assert place.waits_at(id) == ["repair"]


def test_a_cancelled_caller_takes_what_it_called_with_it(place: Place) -> None:
    place.engine.deploy(line(user("ask"), path="ask", id="child"))
    place.engine.deploy(line(call("called", "child"), path="called"))
    id = place.engine.start("p").id
    [child] = place.engine.instance(id).children
    place.engine.cancel(id, reason="no longer wanted")
    place.pass_time()
    assert place.status(child.id) == "cancelled"


def test_r6_two_engines_on_one_database_never_lose_an_update(place: Place) -> None:
    """R6: both count up the same variable, in turns and without knowing of each other."""
    gateways = (
        '<bpmn:exclusiveGateway id="again"/><bpmn:exclusiveGateway id="enough" default="enough_again"/>'
    )
    steps = user("look") + script("count", "{n: n + 1}")
    paths = flows("start again look count enough again") + conditional("enough", "end", "n &gt;= 100")
    place.engine.deploy(process(START + gateways + steps + END + paths))
    id = place.engine.start("p", {"n": 0}).id
    with stepwell.open(place.url, clock=place.clock) as other:
        for number in range(20):
            engine = other if number % 2 else place.engine
            [task] = engine.tasks(instance=id).items
            engine.complete(task.id)
        assert other.variables(id) == place.engine.variables(id) == {"n": 20}


def test_old_history_goes_and_the_rows_still_agree_with_it(database_url: str) -> None:
    """What ended long ago is deleted; of what still runs one checkpoint is kept."""
    now = 1_800_000_000_000_000
    settings = stepwell.Settings(database_url=database_url, history_retention_days=30)
    with stepwell.open(database_url, clock=lambda: now, settings=settings) as engine:
        engine.deploy(line(user("a"), user("b"), path="a b"))
        ended, running = engine.start("p", {"n": 1}), engine.start("p", {"n": 2})
        for task in engine.tasks(element="a").items:
            engine.complete(task.id, {"done": True})
        engine.cancel(ended.id)
        now += 31 * 86_400_000_000
        trimmed = engine.trim_history()
        assert trimmed.instances == 1
        assert [item.id for item in engine.instances().items] == [running.id]
        assert [entry.command for entry in engine.history(running.id)] == ["Checkpoint"]
        assert engine.verify() == []
        [task] = engine.tasks().items
        engine.complete(task.id)
        assert engine.instance(running.id).status == "completed"
