import pytest

from stepwell import feel
from stepwell.engine import commands as c
from stepwell.errors import Rejection
from tests.engine.drawing import an_error, around, boundary, error, given, service, taken, timer, user
from tests.engine.world import SECOND, World, flows


def calling(*extensions: str, settings: str = "") -> World:
    return World.of(around(service("w", *extensions, settings=settings)))


def test_it_makes_a_job_of_its_type_that_is_due_at_once() -> None:
    world = calling()
    world.start()
    assert (world.job("w").type, world.job("w").due_at) == ("work", world.now)


def test_its_inputs_are_the_arguments_and_no_variables() -> None:
    world = calling(given("to", "= who"), given("text", "hello"))
    world.start(who="bob")
    assert feel.decode(world.job("w").args) == {"to": "bob", "text": "hello"}
    assert world.states[1].local(1) == {}


def test_its_settings_stand_on_the_job() -> None:
    world = calling(settings='retries="5" timeout="PT2M" backoff="PT1S"')
    world.start()
    job = world.job("w")
    assert (job.retries, job.timeout, job.backoff) == (5, 120.0, 1.0)


def test_the_result_goes_on_as_variables() -> None:
    world = calling()
    world.start()
    world.succeed("w", {"rate": 3})
    assert (world.status(), world.variable("rate")) == ("completed", 3)


def test_outputs_see_the_whole_as_result() -> None:
    world = calling(taken("code", "= result.status"))
    world.start()
    world.succeed("w", {"status": 200})
    assert world.variable("code") == 200


def test_each_further_attempt_waits_twice_as_long() -> None:
    world = calling(settings='retries="3" backoff="PT10S"')
    world.start()
    waits = []
    for _ in range(3):
        world.fail("w")
        waits.append((world.job("w").due_at - world.now) // SECOND)
    assert waits == [10, 20, 40]


def test_no_further_attempt_waits_longer_than_a_day() -> None:
    world = calling(settings='retries="3" backoff="PT20H"')
    world.start()
    waits = []
    for _ in range(3):
        world.fail("w")
        waits.append((world.job("w").due_at - world.now) // (3600 * SECOND))
    assert waits == [20, 24, 24]


def test_retries_exhausted_are_an_incident_that_tells_the_last_failure() -> None:
    world = calling(settings='retries="1"')
    world.start()
    world.fail("w", "first")
    world.fail("w", "second")
    (incident,) = world.incidents()
    assert (incident.code, "second" in incident.message) == ("job.failed", True)
    assert not world.states[1].jobs


def test_no_further_attempt_when_the_worker_says_so() -> None:
    world = calling(settings='retries="9"')
    world.start()
    world.do(c.FailJob(world.job("w").key, "never", may_retry=False))
    assert len(world.incidents()) == 1


def test_a_retry_makes_a_new_job_with_inputs_evaluated_again() -> None:
    world = calling(given("to", "= who"), settings='retries="0"')
    world.start(who="nobody")
    world.fail("w")
    world.do(c.SetVariables(0, {"who": "bob"}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert feel.decode(world.job("w").args) == {"to": "bob"}
    assert world.incidents() == []


def test_a_retry_that_fails_in_its_inputs_can_be_retried_and_boundary_events_wait_once() -> None:
    xml = around(
        service("w", given("to", "= 1 / n"), settings='retries="0"'), boundary("b", "w", timer("PT1H")), user("late"),
        flows("b late"),
    )  # fmt: skip
    world = World.of(xml)
    world.start(n=1)
    world.fail("w")
    for value in ("none", 2):
        world.do(c.SetVariables(0, {"n": value}))
        world.do(c.RetryIncident(world.incidents()[0].key))
    assert sorted(job.type for job in world.states[1].jobs.values()) == ["timer", "work"]


def test_a_bpmn_error_of_the_worker_takes_the_boundary() -> None:
    xml = around(
        service("w"),
        boundary("b", "w", error("oops")),
        user("mend"),
        flows("b mend"),
        roots=an_error("oops", "E1"),
    )
    world = World.of(xml)
    world.start()
    world.fail("w", "no stock", "E1")
    assert world.waiting() == ["mend"]


def test_a_bpmn_error_that_nobody_catches_is_an_incident_on_the_task() -> None:
    world = calling()
    world.start()
    world.fail("w", "no stock", "E1")
    assert [(incident.element, incident.code) for incident in world.incidents()] == [("w", "error.uncaught")]


def test_a_wrong_output_keeps_the_result_for_the_retry() -> None:
    world = calling(taken("n", "= result.a / divisor"))
    world.start(divisor="none")
    world.succeed("w", {"a": 6})
    world.do(c.SetVariables(0, {"divisor": 2}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.variable("n") == 3


@pytest.mark.parametrize("command", [c.FireTimer, c.Continue])
def test_its_job_is_no_timer_and_no_continuation(command: type[c.FireTimer] | type[c.Continue]) -> None:
    world = calling()
    world.start()
    with pytest.raises(Rejection):
        world.do(command(world.job("w").key))
    assert world.waiting() == ["w"]


def test_nul_in_what_a_failed_attempt_says_can_be_kept() -> None:
    world = calling(settings='retries="1"')
    world.start()
    world.fail("w", "a\0b")
    assert world.job("w").error == "a␀b"
