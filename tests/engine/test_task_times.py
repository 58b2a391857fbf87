"""The times of a step: its reminder (S3), its start when it was put off, and its due date."""

import pytest

from stepwell.engine import commands as c
from stepwell.engine import user_task_events as t
from stepwell.engine.event import Event
from stepwell.engine.rows import Job
from stepwell.engine.task_times import DUE, REMIND, START
from tests.engine.world import BEGIN, SECOND, World, started

HOUR = 3600 * SECOND


def put_off(world: World, start_at: int = BEGIN + HOUR, **more: object) -> World:
    world.do(c.PostponeUserTask(1, start_at=start_at, **more))  # type: ignore[arg-type]
    return world


def offered(start_at: int = BEGIN + HOUR, **more: object) -> World:
    """The clerks may look at an order, the task's key is 1; it was put off."""
    return put_off(started("user_task/offered"), start_at, **more)


def planned(world: World) -> dict[bytes, Job]:
    """The jobs of the task by what they are for."""
    found = {job.args: job for job in world.states[1].jobs.values()}
    assert len(found) == len(world.states[1].jobs)
    return found


def come(world: World, what: bytes) -> list[Event]:
    """Let the time of one of them come."""
    job = planned(world)[what]
    world.now = max(world.now, job.due_at)
    return [event for event in world.do(c.RemindOfUserTask(job.key)) if isinstance(event, TOLD)]


TOLD = (t.UserTaskReminded, t.UserTaskStartReached, t.UserTaskOverdue)


@pytest.mark.parametrize(
    ("what", "event"),
    [(REMIND, t.UserTaskReminded(1)), (START, t.UserTaskStartReached(1)), (DUE, t.UserTaskOverdue(1))],
)
def test_what_was_planned_happens_once(what: bytes, event: Event) -> None:
    world = offered(remind_at=BEGIN + HOUR // 2, duration=2 * HOUR)
    assert come(world, what) == [event]
    assert what not in planned(world)


def test_each_has_its_time() -> None:
    world = offered(remind_at=BEGIN + HOUR // 2, duration=2 * HOUR)
    times = {what: job.due_at - BEGIN for what, job in planned(world).items()}
    assert times == {REMIND: HOUR // 2, START: HOUR, DUE: 3 * HOUR}


def test_s3_a_reminder_that_lies_in_the_past_comes_at_once() -> None:
    assert planned(offered(remind_at=BEGIN - HOUR))[REMIND].due_at == BEGIN


def test_without_a_reminder_and_a_due_date_only_the_start_is_planned() -> None:
    assert [*planned(offered())] == [START]


def test_a_start_that_is_past_needs_nothing() -> None:
    assert planned(offered(start_at=BEGIN - HOUR)) == {}


def test_put_off_again_only_the_last_times_count() -> None:
    world = put_off(offered(remind_at=BEGIN + 1), BEGIN + 2 * HOUR, remind_at=BEGIN + 2)
    assert {what: job.due_at for what, job in planned(world).items()} == {
        REMIND: BEGIN + 2, START: BEGIN + 2 * HOUR,
    }  # fmt: skip


def test_what_is_overdue_is_told_only_once() -> None:
    world = offered(duration=HOUR)
    come(world, DUE)
    assert DUE not in planned(put_off(world, world.now + HOUR))


def test_put_off_to_a_later_due_date_it_can_be_overdue_again() -> None:
    world = offered(duration=HOUR)
    come(world, DUE)
    assert DUE in planned(put_off(world, world.now + HOUR, duration=HOUR))
