"""What a command says it brought about."""

from stepwell.engine import events as e
from stepwell.engine import user_task_events as task_events
from stepwell.engine.event import Event
from stepwell.engine.rows import Incident, UserTask
from stepwell.services.progress import progress
from stepwell.services.requests import Done


def after(*events: Event) -> Done:
    return Done(7, 3, events)


def test_what_was_entered_and_not_left_waits() -> None:
    found = progress(
        after(e.ElementActivated(1, "a", 0), e.ElementActivated(2, "b", 0), e.ElementCompleted(1, "a"))
    )
    assert [(item.id, item.element) for item in found.waiting] == [("7-2", "b")]


def test_a_scope_does_not_wait_itself_when_something_inside_does() -> None:
    found = progress(after(e.ElementActivated(1, "part", 0), e.ElementActivated(2, "inner", 1)))
    assert [item.element for item in found.waiting] == ["inner"]


def test_a_task_that_was_ended_in_the_same_command_is_not_open() -> None:
    task = UserTask(1, "a", "Do it", 0)
    found = progress(
        after(e.ElementActivated(1, "a", 0), task_events.UserTaskCreated(task), e.ElementTerminated(1, "a"))
    )
    assert found.user_tasks == ()


def test_an_incident_is_told_with_its_id() -> None:
    found = progress(after(e.IncidentRaised(Incident(4, "a", "job.failed", "Expected …", 0))))
    assert [(item.id, item.code) for item in found.incidents] == [("7-4", "job.failed")]


def test_an_instance_that_ended_says_how() -> None:
    assert progress(after(e.InstanceEnded("cancelled", 5))).status == "cancelled"


def test_otherwise_it_is_running() -> None:
    assert progress(after()).status == "running"
