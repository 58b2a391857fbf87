"""Repetitions, the budget of a transaction, large terminations, start quantities."""

from stepwell.engine import commands as c
from stepwell.engine import events as e
from stepwell.engine.event import Event
from stepwell.errors import Conflict
from tests.engine.drawing import (
    TERMINATE,
    a_signal,
    boundary,
    end,
    gateway,
    process,
    script,
    service,
    signal,
    start,
    sub,
    task,
    throw,
    timer,
    times,
    user,
)
from tests.engine.world import World, conditional, flows


def circle() -> bytes:
    """s → m → x → g, and from g back to m while ``n < limit``."""
    inner = start() + gateway("exclusive", "m") + script("x", "{n: n + 1}")
    inner += (
        gateway("exclusive", "g", default="g_e")
        + end()
        + flows("s m x g e")
        + conditional("g", "m", "n &lt; limit")
    )
    return process(inner)


def test_a_loop_of_the_diagram_may_be_passed_as_often_as_the_limit_says() -> None:
    world = World.of(circle(), max_repetitions=10)
    world.start(n=0, limit=10)
    assert world.status() == "completed"


def test_one_pass_more_is_an_incident() -> None:
    world = World.of(circle(), max_repetitions=10)
    world.start(n=0, limit=11)
    assert [(incident.element, incident.code) for incident in world.incidents()] == [
        ("m", "repetitions.exceeded")
    ]


def test_a_retry_gives_the_loop_another_round_of_repetitions() -> None:
    world = World.of(circle(), max_repetitions=10)
    world.start(n=0, limit=15)
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.status() == "completed"


def test_each_scope_counts_for_itself() -> None:
    inner = (
        start("i")
        + gateway("exclusive", "m")
        + script("x", "{n: n + 1}")
        + gateway("exclusive", "g", default="g_y")
    )
    inner += task("task", "y") + flows("i m x g y") + conditional("g", "m", "n &lt; 4")
    repeated = sub("z", inner, '<stepwell:input name="n" value="= 0"/>', inner=times("3", True))
    world = World.of(process(start() + repeated + flows("s z")), max_repetitions=5)
    world.start()
    assert world.status() == "completed"


def test_rounds_of_a_multi_instance_do_not_count() -> None:
    inner = (
        start() + script("x", "{m: 1}", inner=times("20")) + gateway("exclusive", "g", default="g_e") + end()
    )
    world = World.of(process(inner + flows("s x g e") + conditional("g", "x", "false")), max_repetitions=5)
    world.start()
    assert world.status() == "completed"


# -- the budget of one transaction -----------------------------------------------------------------------


def test_beyond_the_budget_elements_are_pending_and_one_job_goes_on() -> None:
    world = World.of(circle(), budget=10)
    world.start(n=0, limit=30)
    (job,) = world.states[1].jobs.values()
    assert (job.type, job.element_key) == ("continue", 0)
    assert [row.state for row in world.states[1].elements.values()] == ["pending"]


def test_an_endless_loop_ends_at_the_limit_of_repetitions() -> None:
    world = World.of(circle(), budget=100)
    world.start(n=0, limit=10**9)
    world.go_on()
    assert [incident.code for incident in world.incidents()] == ["repetitions.exceeded"]


def test_a_wide_fork_is_entered_in_parts() -> None:
    names = [f"u{n}" for n in range(25)]
    inner = (
        start()
        + gateway("parallel", "f")
        + "".join(map(user, names))
        + flows("s f", *(f"f {name}" for name in names))
    )
    world = World.of(process(inner), budget=10)
    world.start()
    assert len(world.tasks()) == 8
    world.go_on()
    assert [task.element for task in world.tasks()] == names


def test_pending_elements_are_entered_oldest_first() -> None:
    names = [f"x{n}" for n in range(12)]
    scripts = "".join(script(name, "{n: 1}") for name in names)
    world = World.of(
        process(start() + gateway("parallel", "f") + scripts + flows("s f", *(f"f {n}" for n in names))),
        budget=4,
    )
    world.start()
    world.go_on()
    assert [name for name in world.path() if name in names] == names


# -- ending much -----------------------------------------------------------------------------------------


def crowd(*more: str) -> World:
    asked = sub("z", start("i") + user("a", inner=times("1100")) + flows("i a"))
    world = World.of(
        process(
            start()
            + asked
            + boundary("b", "z", timer("PT1H"))
            + user("late")
            + flows("s z", "b late")
            + "".join(more)
        )
    )
    world.start()
    world.go_on()
    return world


def ended(events: list[Event]) -> int:
    return sum(isinstance(event, e.ElementTerminated) for event in events)


def test_one_transaction_ends_at_most_a_thousand_elements() -> None:
    world = crowd()
    assert ended(world.do(c.CancelInstance(reason="enough"))) == 1000
    assert world.states[1].instance.status == "terminating"


def test_a_large_instance_is_cancelled_in_the_end() -> None:
    world = crowd()
    world.do(c.CancelInstance(reason="enough"))
    world.go_on()
    assert (world.status(), world.tasks(), world.waiting()) == ("cancelled", [], [])


def test_a_large_scope_that_is_interrupted_goes_on_at_the_event_in_the_end() -> None:
    world = crowd()
    world.pass_time(3600)
    world.go_on()
    assert world.waiting() == ["late"]


def test_what_is_inside_of_a_scope_that_is_being_ended_takes_no_commands() -> None:
    world = crowd()
    timers = [job for job in world.states[1].jobs.values() if job.type == "timer"]
    world.do(c.FireTimer(timers[0].key))
    left = world.tasks()[-1]
    assert rejected(world, c.CompleteUserTask(left.key, {}))


def test_what_is_stuck_inside_of_a_scope_that_is_being_ended_is_not_tried_again() -> None:
    asked = user("a", inner=times("1100")) + script("x", "{n: 1 / m}") + gateway("parallel", "f")
    inner = sub("z", start("i") + asked + flows("i f a", "f x")) + boundary("b", "z", timer("PT1H"))
    world = World.of(process(start() + inner + user("late") + flows("s z", "b late")))
    world.start(m="none")
    world.go_on()
    world.do(c.FireTimer(world.job("b").key))
    assert rejected(world, c.RetryIncident(world.incidents()[0].key))


def rejected(world: World, command: c.Command) -> bool:
    before = len(world.tasks())
    try:
        world.do(command)
    except Conflict:
        return len(world.tasks()) == before
    return False


def test_a_completion_condition_ends_many_rounds_in_several_transactions() -> None:
    inner = start() + user("a", inner=times("1100", until="true")) + user("after") + flows("s a after")
    world = World.of(process(inner))
    world.start()
    world.go_on()
    world.complete("a")
    assert len(world.tasks()) > 0
    world.go_on()
    assert world.waiting() == ["after"]


def test_cancelling_while_elements_are_pending_ends_the_instance() -> None:
    names = [f"u{n}" for n in range(1100)]
    inner = (
        start()
        + gateway("parallel", "f")
        + "".join(map(user, names))
        + flows("s f", *(f"f {name}" for name in names))
    )
    world = World.of(process(inner), budget=1050)
    world.start()
    assert [job.element_key for job in world.states[1].jobs.values()] == [0]
    world.do(c.CancelInstance(reason="enough"))
    world.go_on()
    assert world.status() == "cancelled"


def test_an_instance_that_terminates_itself_beyond_its_budget_is_over() -> None:
    names = [f"u{n}" for n in range(10)]
    inner = (
        start()
        + gateway("parallel", "f")
        + end("now", TERMINATE)
        + gateway("parallel", "g")
        + "".join(map(user, names))
    )
    world = World.of(process(inner + flows("s f g", "f now", *(f"g {name}" for name in names))), budget=4)
    world.start()
    world.go_on()
    assert (world.status(), dict(world.states[1].jobs)) == ("completed", {})


# -- start quantity --------------------------------------------------------------------------------------


def quantity(number: int, *names: str) -> World:
    inner = start() + gateway("parallel", "f") + "".join(map(user, names)) + user("t", startQuantity=number)
    world = World.of(process(inner + flows("s f", *(f"f {name} t" for name in names))))
    world.start()
    return world


def test_an_activity_waits_for_its_start_quantity() -> None:
    world = quantity(2, "a", "b")
    world.complete("a")
    assert world.waiting() == ["b", "t"]
    world.complete("b")
    assert [task.element for task in world.tasks()] == ["t"]


def test_what_is_more_waits_for_the_next_set() -> None:
    world = quantity(2, "a", "b", "c")
    for name in ("a", "b", "c"):
        world.complete(name)
    assert (len(world.tasks()), len(world.states[1].flows)) == (1, 1)


def test_too_few_for_ever_are_told() -> None:
    world = quantity(3, "a", "b")
    world.complete("a")
    world.complete("b")
    assert [incident.code for incident in world.incidents()] == ["join.waits-forever"]


def test_each_full_set_begins_the_activity_once() -> None:
    world = quantity(2, "a", "b", "c", "d")
    for name in ("a", "b", "c", "d"):
        world.complete(name)
    assert [task.element for task in world.tasks()] == ["t", "t"]


def test_a_job_is_made_once_per_set() -> None:
    inner = start() + gateway("parallel", "f") + user("a") + user("b") + service("w", startQuantity=2)
    world = World.of(process(inner + flows("s f a w", "f b w")))
    world.start()
    world.complete("a")
    world.complete("b")
    assert len(world.states[1].jobs) == 1


def test_a_process_that_wakes_itself_by_a_signal_ends_at_the_limit_of_repetitions() -> None:
    inner = (
        start()
        + user("h")
        + boundary("b", "h", signal("g"), False)
        + throw("t", signal("g"))
        + flows("s h", "b t")
    )
    world = World.of(process(inner, a_signal("g")), max_repetitions=10, budget=7)
    world.start()
    world.signal("g")
    world.go_on()
    assert [(incident.element, incident.code) for incident in world.incidents()] == [
        ("t", "repetitions.exceeded")
    ]
