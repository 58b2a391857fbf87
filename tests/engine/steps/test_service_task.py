import pytest

from stepwell import bpmn, feel
from stepwell.engine import commands as c
from stepwell.errors import NotFound, Rejection
from tests.engine.world import SECOND, World, model, started


def research() -> World:
    return started("service_task/attempts", question="why")


def order(**values: object) -> World:
    return started("service_task/boundary_events", **{"boxes": 6, "size": 2, **values})


def delays(world: World, element: str, failures: int) -> list[int]:
    """The seconds that pass after each failure."""
    found = []
    for _ in range(failures):
        world.fail(element)
        found.append((world.job(element).due_at - world.now) // SECOND)
    return found


# -- its job ---------------------------------------------------------------------------------------------


def test_it_makes_a_job_of_its_type_that_is_due_at_once() -> None:
    world = started("service_task/rate", currency="CHF")
    assert (world.job("get_rate").type, world.job("get_rate").due_at) == ("python", world.now)


def test_its_inputs_are_the_arguments_and_no_variables() -> None:
    world = started("service_task/rate", currency="CHF")
    assert feel.decode(world.job("get_rate").args) == {"function": "bank.rate", "currency": "CHF"}
    assert world.states[1].local(1) == {}


def test_its_settings_stand_on_the_job() -> None:
    job = research().job("ask_bank")
    assert (job.retries, job.timeout, job.backoff) == (2, 120.0, 1.0)


def test_without_settings_it_may_fail_three_times_more_and_take_a_minute() -> None:
    job = research().job("ask_library")
    assert (job.retries, job.timeout, job.backoff) == (3, 60.0, 10.0)


def test_a_wrong_input_is_an_incident_before_there_is_a_job() -> None:
    world = order(size="none")
    assert (world.stuck(), world.waits()) == ([("reserve", "expression.failed")], [])


@pytest.mark.parametrize("command", [c.FireTimer, c.Continue])
def test_its_job_is_no_timer_and_no_continuation(command: type[c.FireTimer] | type[c.Continue]) -> None:
    world = started("service_task/rate")
    with pytest.raises(Rejection):
        world.do(command(world.job("get_rate").key))
    assert world.waiting() == ["get_rate"]


def test_without_a_job_type_it_is_refused_with_a_hint() -> None:
    xml = model("service_task/outputs").replace(b'<stepwell:task type="http.request"/>', b"")
    (problem,) = bpmn.read(xml).problems
    assert (problem.rule, problem.element, "stepwell:task" in problem.hint) == (
        "task.no-type",
        "get_rate",
        True,
    )


# -- its result ------------------------------------------------------------------------------------------


def test_the_result_goes_on_as_variables() -> None:
    world = started("service_task/rate")
    world.succeed("get_rate", {"rate": 3})
    assert (world.status(), world.variable("rate")) == ("completed", 3)


def test_a_result_that_is_no_context_sets_nothing_by_itself() -> None:
    world = started("service_task/rate")
    world.succeed("get_rate", 42)
    assert (world.status(), dict(world.states[1].local(0))) == ("completed", {})


def test_outputs_see_the_whole_as_result() -> None:
    world = started("service_task/outputs", unit=10)
    world.succeed("get_rate", {"status": 200, "body": 95})
    assert (world.variable("rate"), world.variable("body")) == (9.5, None)


def test_a_wrong_output_keeps_the_result_for_the_retry() -> None:
    world = started("service_task/outputs", unit="none")
    world.succeed("get_rate", {"body": 6})
    world.repair(unit=2)
    assert (world.variable("rate"), world.status()) == (3, "completed")


def test_a_second_result_is_rejected() -> None:
    world = research()
    key = world.job("ask_library").key
    world.do(c.CompleteJob(key, {}))
    with pytest.raises(NotFound, match="to be open"):
        world.do(c.CompleteJob(key, {}))


def test_a_late_result_is_rejected() -> None:
    world = order()
    key = world.job("reserve").key
    world.pass_time(3600)
    with pytest.raises(NotFound):
        world.do(c.CompleteJob(key, {}))
    assert world.waiting() == ["call_customer"]


# -- failures --------------------------------------------------------------------------------------------


def test_each_further_attempt_waits_twice_as_long() -> None:
    assert delays(research(), "ask_library", 3) == [10, 20, 40]


def test_no_further_attempt_waits_longer_than_a_day() -> None:
    assert delays(research(), "ask_archive", 3) == [20 * 3600, 24 * 3600, 24 * 3600]


def test_the_job_counts_its_failures_and_tells_the_last_one() -> None:
    world = research()
    world.fail("ask_library", "closed")
    job = world.job("ask_library")
    assert (job.failures, job.retries, job.error) == (1, 2, "closed")


def test_an_attempt_may_succeed_after_a_failure() -> None:
    world = research()
    world.fail("ask_library")
    world.succeed("ask_library", {"answer": 42})
    assert (world.variable("answer"), world.stuck()) == (42, [])


def test_retries_exhausted_are_an_incident_that_tells_the_last_failure() -> None:
    world = research()
    for message in ("first", "second", "third"):
        world.fail("ask_bank", message)
    (incident,) = world.incidents()
    assert (incident.code, "third" in incident.message) == ("job.failed", True)
    assert "ask_bank" not in world.waits()


def test_no_further_attempt_when_the_worker_says_so() -> None:
    world = research()
    world.do(c.FailJob(world.job("ask_archive").key, "never", may_retry=False))
    assert world.stuck() == [("ask_archive", "job.failed")]


def test_a_retry_makes_a_new_job_with_inputs_evaluated_again() -> None:
    world = research()
    world.fail("ask_oracle")
    world.repair(question="how")
    assert feel.decode(world.job("ask_oracle").args) == {"function": "oracle.ask", "question": "how"}


def test_the_job_of_a_retry_may_fail_as_often_as_the_first() -> None:
    world = research()
    for _ in range(3):
        world.fail("ask_bank")
    world.repair()
    assert (world.job("ask_bank").retries, world.job("ask_bank").failures) == (2, 0)


def test_a_retry_that_fails_in_its_inputs_can_be_retried_and_boundary_events_wait_once() -> None:
    world = order()
    world.fail("reserve")
    world.repair(size="none")
    world.repair(size=3)
    assert world.waits() == ["too_late", "reserve"]


def test_nul_in_what_a_failed_attempt_says_can_be_kept() -> None:
    world = research()
    world.fail("ask_library", "a\0b")
    assert world.job("ask_library").error == "a␀b"


# -- BPMN errors -----------------------------------------------------------------------------------------


def test_a_bpmn_error_of_the_worker_takes_the_boundary() -> None:
    world = order()
    world.fail("reserve", "sold out", "E1")
    assert (world.waiting(), world.waits()) == (["buy_more"], [])


def test_a_bpmn_error_needs_no_attempts() -> None:
    world = research()
    world.fail("ask_library", "burnt down", "E9")
    assert world.stuck() == [("ask_library", "error.uncaught")]


def test_the_values_of_a_bpmn_error_become_variables() -> None:
    world = order()
    world.do(c.FailJob(world.job("reserve").key, "sold out", "E1", {"missing": 4}))
    assert world.variable("missing") == 4


def test_a_bpmn_error_that_nobody_catches_is_an_incident_and_a_retry_makes_a_new_job() -> None:
    world = order()
    world.fail("reserve", "who are you", "E9")
    assert world.stuck() == [("reserve", "error.uncaught")]
    world.repair()
    assert world.waits() == ["too_late", "reserve"]
