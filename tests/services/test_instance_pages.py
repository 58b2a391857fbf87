"""What the page of an instance tells: its way, and its steps for people."""

from stepwell.engine import commands as c
from stepwell.library import Engine
from stepwell.services import instance_pages
from stepwell.services.instance_pages import Step
from stepwell.services.requests import OnInstance
from tests.effort import at_most
from tests.store.instances import Clock
from tests.worker.office import process, user

SECOND = 1_000_000
STUCK = '<bpmn:scriptTask id="divide"><bpmn:script>=1 / nothing</bpmn:script></bpmn:scriptTask>'


def steps(engine: Engine, id: str) -> list[Step]:
    return list(instance_pages.steps(engine.store, id).items)


def test_a_step_tells_who_had_it_and_how_long(engine: Engine, clock: Clock) -> None:
    engine.deploy(process(user("a", "ada"), user("b", "bob")))
    id = engine.start("p").id
    clock.now += 90 * SECOND
    engine.complete(f"{id}-1", actor="ada")
    first, second = steps(engine, id)
    assert (first.state, first.by, first.seconds) == ("completed", "ada", 90.0)
    assert (second.state, second.assignee, second.seconds) == ("open", "bob", None)


def test_a_cancelled_step_tells_who_ended_it(engine: Engine) -> None:
    engine.deploy(process(user("a", "ada")))
    id = engine.start("p").id
    engine.cancel(id, actor="boss")
    [step] = steps(engine, id)
    assert (step.state, step.by) == ("cancelled", "boss")


def test_a_step_that_was_handed_on_shows_who_has_it_now(engine: Engine) -> None:
    engine.deploy(process(user("a", "ada")))
    id = engine.start("p").id
    engine.submit(OnInstance(int(id), c.ReassignUserTask(1, candidate_roles=("clerks",)), 1))
    [step] = steps(engine, id)
    assert (step.assignee, step.candidate_roles) == ("", ("clerks",))


def test_a_step_of_one_command_that_made_and_ended_it_is_told_too(engine: Engine) -> None:
    """A loop of steps: each completion makes the next one."""
    engine.deploy(process(user("a", "ada"), user("b", "ada"), user("c", "ada")))
    id = engine.start("p").id
    for key in (1, 2, 3):
        engine.complete(f"{id}-{key}", actor="ada")
    assert [(step.element, step.state) for step in steps(engine, id)] == [
        ("a", "completed"), ("b", "completed"), ("c", "completed"),
    ]  # fmt: skip


def test_the_way_shows_where_it_waits_and_where_it_is_stuck(engine: Engine) -> None:
    engine.deploy(process(user("a", "ada"), STUCK))
    id = engine.start("p").id
    found = {one.element: one for one in instance_pages.path(engine.store, id).elements}
    assert (found["a"].waiting, found["a"].completed) == (1, 0)
    engine.complete(f"{id}-1", actor="ada")
    found = {one.element: one for one in instance_pages.path(engine.store, id).elements}
    assert (found["a"].waiting, found["a"].completed, found["divide"].stuck) == (0, 1, 1)


def test_a_history_that_was_shortened_is_not_complete(engine: Engine, clock: Clock) -> None:
    engine.deploy(process(user("a", "ada"), user("b", "ada"), user("c", "ada")))
    id = engine.start("p").id
    for key in (1, 2):
        clock.now += SECOND
        engine.complete(f"{id}-{key}", actor="ada")
    engine.store.trim_history(clock.now + 1)
    found = instance_pages.path(engine.store, id)
    assert not found.is_complete
    assert [step.element for step in steps(engine, id)] == ["c"]


MANY = 3_000
EACH = (
    '<bpmn:userTask id="each"><bpmn:multiInstanceLoopCharacteristics>'
    "<bpmn:loopCardinality>{}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"
)


def test_thousands_of_steps_are_told_in_the_time_that_their_number_takes(engine: Engine) -> None:
    """All are open at once and each is completed by a command of its own."""
    engine.deploy(process(EACH.format(MANY)))
    id = int(engine.start("p").id)
    engine.work()
    with engine.store.reading() as session:
        found = session.read("select key from user_task where instance_id = ? order by key", id)
    wanted = [OnInstance(id, c.CompleteUserTask(key, {}, actor="ada"), key) for (key,) in found]
    for at in range(0, MANY, 250):
        engine._driver.lanes[0].corridor.execute(wanted[at : at + 250])
    with at_most(1):
        told = steps(engine, str(id))
    assert [step.state for step in told] == ["completed"] * MANY


def test_the_way_tells_how_often_an_element_got_stuck(engine: Engine) -> None:
    engine.deploy(process(STUCK))
    id = engine.start("p").id
    for _ in range(2):
        [incident] = engine.instance(id).open_incidents
        engine.retry(incident.id)
    [found] = [one for one in instance_pages.path(engine.store, id).elements if one.element == "divide"]
    assert (found.stuck, found.failed) == (1, 3)
